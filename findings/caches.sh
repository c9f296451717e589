# shellcheck shell=bash
# Shared caches, for the findings about what is stored. A finding writes answers.py, whose ANSWERS give
# (status, fields) for each path, and ask.py, which is started with the name and the port of a cache.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

# ask_caches NAME…: start each of these caches before a server of the ANSWERS, and observe ask.py.
ask_caches() {
    local name port
    chmod 711 "$work" # some of them leave the account of root
    write_origin
    origin=$(free_port)
    serve "$origin" python3 origin.py "$origin"
    for name in "$@"; do
        port=$(free_port)
        "cache_by_$name" "$port"
        observe python3 ask.py "$name" "$port"
    done
}

# cache_version NAME: its name and version, as it prints them.
cache_version() {
    case $1 in
        apache) apache2 -v | sed -n 's/.*Apache/Apache/p' ;;
        haproxy) haproxy -v | sed -n 's/^HAProxy version \([^ ]*\).*/HAProxy \1/p' ;;
        nginx) nginx -v 2>&1 | sed 's/.*nginx version: //' ;;
        squid) squid -v | sed -n 's/.*Cache: Version /Squid /p' ;;
        trafficserver) traffic_server -V | sed -n 's/.*Apache Traffic Server - traffic_server - \([^ ]*\).*/Traffic Server \1/p' ;;
        varnish) varnishd -V 2>&1 | sed -n 's/.*varnishd (\(varnish-[^ )]*\).*/\1/p' ;;
    esac
}

write_origin() {
    cat >origin.py <<'END'
import http.server, itertools, sys
from answers import ANSWERS

COUNT = itertools.count(1)

class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        status, fields = ANSWERS[self.path]
        content = b"answer %d" % next(COUNT)
        self.send_response(status)
        for name, value in fields:
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

http.server.ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
END
    cat >asking.py <<'END'
import http.client, sys

def get(path, **fields):
    """The answer of the cache to GET, as status, fields and content."""
    connection = http.client.HTTPConnection("127.0.0.1", int(sys.argv[2]), timeout=10)
    connection.request("GET", path, headers={name.replace("_", "-"): value for name, value in fields.items()})
    answer = connection.getresponse()
    return answer.status, answer.headers, answer.read()

def twice(path, first={}, second={}):
    """Whether a second GET was answered by what the first one had brought."""
    return "from the cache" if get(path, **first)[2] == get(path, **second)[2] else "asked again"
END
}

cache_by_varnish() {
    installed varnishd
    serve "$1" varnishd -F -j none -n "$work/varnish" -a "127.0.0.1:$1" -b "127.0.0.1:$origin" -s malloc,32m
}

cache_by_nginx() {
    installed nginx
    cat >nginx.conf <<END
daemon off; pid $work/nginx.pid; error_log $work/nginx.log;
events {}
http {
  access_log off; proxy_cache_path $work/stored keys_zone=stored:1m;
  client_body_temp_path $work/t1; proxy_temp_path $work/t2; fastcgi_temp_path $work/t3;
  uwsgi_temp_path $work/t4; scgi_temp_path $work/t5;
  server { listen 127.0.0.1:$1; location / { proxy_cache stored; proxy_pass http://127.0.0.1:$origin; } }
}
END
    serve "$1" nginx -c "$work/nginx.conf"
}

cache_by_squid() {
    installed squid
    cat >squid.conf <<END
http_port 127.0.0.1:$1 accel defaultsite=127.0.0.1
cache_peer 127.0.0.1 parent $origin 0 no-query no-digest originserver
http_access allow all
access_log none
cache_log /dev/null
pid_filename none
pinger_enable off
shutdown_lifetime 1 seconds
END
    serve "$1" squid -N -n "finding$1" -f "$work/squid.conf"
}

cache_by_apache() {
    local module modules=/usr/lib/apache2/modules
    installed apache2
    {
        echo "ServerName localhost"
        echo "Listen 127.0.0.1:$1"
        for module in mpm_event authz_core proxy proxy_http cache cache_socache socache_shmcb; do
            echo "LoadModule ${module}_module $modules/mod_$module.so"
        done
        echo "PidFile $work/apache.pid"
        echo "DefaultRuntimeDir $work"
        echo "ErrorLog $work/apache.log"
        echo "CacheSocache shmcb"
        echo "CacheEnable socache /"
        echo "ProxyPass / http://127.0.0.1:$origin/"
    } >apache.conf
    serve "$1" apache2 -X -f "$work/apache.conf"
}

cache_by_haproxy() {
    installed haproxy
    cat >haproxy.cfg <<END
defaults
  mode http
  timeout connect 20s
  timeout client 20s
  timeout server 20s
cache stored
  total-max-size 4
  max-age 3600
frontend front
  bind 127.0.0.1:$1
  http-request cache-use stored
  http-response cache-store stored
  default_backend behind
backend behind
  server origin 127.0.0.1:$origin
END
    serve "$1" haproxy -f haproxy.cfg
}

cache_by_trafficserver() {
    local folder
    installed traffic_server
    mkdir -p ats/{etc,run,log,stored}
    cp -r /etc/trafficserver/* ats/etc/
    {
        echo "prefix: /usr"
        echo "bindir: /usr/bin"
        echo "libdir: /usr/lib/trafficserver"
        echo "libexecdir: /usr/lib/trafficserver/modules"
        echo "sysconfdir: $work/ats/etc"
        for folder in localstatedir runtimedir; do echo "$folder: $work/ats/run"; done
        echo "logdir: $work/ats/log"
        for folder in datadir cachedir; do echo "$folder: $work/ats/stored"; done
    } >ats/runroot.yaml
    {
        echo "CONFIG proxy.config.http.server_ports STRING $1:ip-in=127.0.0.1"
        echo "CONFIG proxy.config.http.wait_for_cache INT 1"
        echo "CONFIG proxy.config.admin.user_id STRING #-1"
        echo "CONFIG proxy.config.log.logging_enabled INT 0"
    } >ats/etc/records.config
    echo "map / http://127.0.0.1:$origin/" >ats/etc/remap.config
    echo "$work/ats/stored 64M" >ats/etc/storage.config
    serve "$1" traffic_server "--run-root=$work/ats/runroot.yaml"
}
