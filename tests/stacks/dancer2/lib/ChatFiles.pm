package ChatFiles;
use Dancer2;
use HTTP::Status qw(status_message);
use Path::Tiny qw(path);

set serializer => 'JSON';

my $data     = decode_json(path($ENV{DATA})->slurp_raw);
my $sessions = $data->{sessions};
my %chats    = map { $_->{id} => $_ } @{ $data->{chats} };

sub fail {
    my ($status, $message) = @_;
    status $status;
    return {
        statusCode    => $status,
        statusMessage => status_message($status),
        data          => { message => $message },
    };
}

sub caller_id {
    my $cookie  = cookies->{'neptun-session'} or return;
    my $session = $sessions->{ $cookie->value // '' };
    return $session && $session->{expiresAt} > time ? $session->{userId} : undef;
}

get '/api/users/:user_id/chats/:chat_id/files' => sub {
    my $caller = caller_id() // return fail(401, 'No valid session');
    my $user_id = route_parameters->get('user_id');
    my $chat    = $chats{ route_parameters->get('chat_id') };
    return fail(404, 'Chat not found')
        unless $chat && $chat->{userId} eq $user_id && $caller eq $user_id;
    return { chatFiles => $chat->{files} };
};

any qr{.*} => sub { fail(404, 'Page not found') };

1;
