<?php

declare(strict_types=1);

final class HttpError extends Exception {}

function reply(int $status, array $body): void
{
    http_response_code($status);
    header('Content-Type: application/json');
    echo json_encode($body, JSON_THROW_ON_ERROR | JSON_UNESCAPED_SLASHES);
}

function fail(int $status, string $phrase, string $message): void
{
    reply($status, ['statusCode' => $status, 'statusMessage' => $phrase, 'data' => ['message' => $message]]);
}

function caller(array $sessions): ?string
{
    $value = $_COOKIE['neptun-session'] ?? '';
    $session = is_string($value) ? $sessions[$value] ?? null : null;
    return $session !== null && $session['expiresAt'] > time() ? $session['userId'] : null;
}

$data = json_decode(file_get_contents(getenv('DATA')), true, flags: JSON_THROW_ON_ERROR);
$path = strtok($_SERVER['REQUEST_URI'], '?');

if (!preg_match('#^/api/users/([^/]+)/chats/([^/]+)/files$#', $path, $parts)) {
    fail(404, 'Not Found', 'Page not found');
    return;
}

if (!in_array($_SERVER['REQUEST_METHOD'], ['GET', 'HEAD'], true)) {
    header('Allow: GET, HEAD');
    fail(405, 'Method Not Allowed', 'Method not allowed');
    return;
}

$caller = caller($data['sessions']);
if ($caller === null) {
    fail(401, 'Unauthorized', 'No valid session');
    return;
}

$userId = rawurldecode($parts[1]);
$chatId = filter_var(rawurldecode($parts[2]), FILTER_VALIDATE_INT);
$chats = array_column($data['chats'], null, 'id');
$chat = $chatId === false ? null : $chats[$chatId] ?? null;
if ($chat === null || $chat['userId'] !== $userId || $caller !== $userId) {
    fail(404, 'Not Found', 'Chat not found');
    return;
}

reply(200, ['chatFiles' => $chat['files']]);
