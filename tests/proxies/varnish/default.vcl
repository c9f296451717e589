vcl 4.1;

# What comes with a cookie is passed on, and what is private is not stored: Varnish's own rules.
backend default {
    .host = "127.0.0.1";
    .port = "@server@";
}

sub vcl_recv {
    set req.http.X-Forwarded-Proto = "https";
}
