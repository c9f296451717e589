use Mojolicious::Lite -signatures;
use Mojo::File qw(path);
use Mojo::JSON qw(decode_json);

my $data     = decode_json path($ENV{DATA})->slurp;
my $sessions = $data->{sessions};
my %chats    = map { $_->{id} => $_ } @{$data->{chats}};

helper fail => sub ($c, $status, $message) {
  my $phrase = $c->res->default_message($status);
  $c->render(
    status => $status,
    json   => {statusCode => $status, statusMessage => $phrase, data => {message => $message}}
  );
};

helper 'reply.not_found' => sub ($c) { $c->fail(404, 'Page not found') };
helper 'reply.exception' => sub ($c, $error) { $c->log->error($error); $c->fail(500, 'Server error') };

under '/api' => sub ($c) {
  my $session = $sessions->{$c->cookie('neptun-session') // ''};
  if (!$session || $session->{expiresAt} <= time) {
    $c->fail(401, 'No valid session');
    return undef;
  }
  $c->stash(caller => $session->{userId});
  return 1;
};

get '/users/#user_id/chats/#chat_id/files' => sub ($c) {
  my ($user_id, $chat_id) = map { $c->param($_) } qw(user_id chat_id);
  my $chat = $chats{$chat_id};
  return $c->fail(404, 'Chat not found')
    unless $chat && $chat->{userId} eq $user_id && $c->stash('caller') eq $user_id;
  $c->render(json => {chatFiles => $chat->{files}});
};

app->mode('production')->log->level('fatal');
app->start;
