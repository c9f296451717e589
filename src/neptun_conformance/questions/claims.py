"""What a request may claim beside its session: who asks, for whom, from where, and by what route.

Gateways and frameworks hand such things on in headers, and trust them. Nothing of it opens what is
closed without it. In values, ``{owner}`` and the like stand for the target's ids.
"""

from __future__ import annotations

from neptun_conformance.contract.endpoint import DOCUMENTED_ORIGIN
from neptun_conformance.questions.bundles import rows
from neptun_conformance.questions.situations import Headers

USERS = (
    *("X-User-Id", "X-UserId", "X-User", "X-Username", "X-User-Name", "User-Id", "UserId"),
    *("User", "Username", "Uid", "X-Uid", "X-User-Email", "X-Email", "X-Login", "X-Owner"),
    *("Remote-User", "Remote-Name", "Remote-Email", "X-Remote-User", "X-Remote-User-Id", "From"),
    *("X-Forwarded-User", "X-Forwarded-Email", "X-Forwarded-Preferred-Username"),
    *("X-Authenticated-User", "X-Authenticated-Userid", "X-Authenticated-Email"),
    *("X-Auth-User", "X-Auth-User-Id", "X-Auth-Username", "X-Auth-Email", "X-Auth-Subject"),
    *("X-Auth-Request-User", "X-Auth-Request-Email", "X-Auth-Request-Preferred-Username"),
    *("X-WebAuth-User", "X-Webauth-Email", "X-Vouch-User", "X-Vouch-Idp-Claims-Sub"),
    *("X-Consumer-Username", "X-Consumer-Custom-ID", "X-Consumer-Id", "X-Credential-Identifier"),
    *("X-Amzn-Oidc-Identity", "X-Amz-Security-User", "X-Apigateway-User-Id"),
    *("X-Goog-Authenticated-User-Id", "X-Goog-Authenticated-User-Email", "X-Goog-IAP-User"),
    *("Cf-Access-Authenticated-User-Email", "Cf-Access-User", "Tailscale-User-Login"),
    *("Tailscale-User-Name", "X-MS-CLIENT-PRINCIPAL-ID", "X-MS-CLIENT-PRINCIPAL-NAME"),
    *("X-MS-CLIENT-PRINCIPAL", "X-Userinfo", "X-Endpoint-API-UserInfo"),
    *("X-Apigateway-Api-Userinfo", "X-Pomerium-Claim-Sub", "X-Pomerium-Claim-Email"),
    *("X-Authentik-Username", "X-Authentik-Uid", "X-Authelia-User", "X-Keycloak-Sub"),
    *("X-Hasura-User-Id", "X-Jwt-Claim-Sub", "X-Jwt-Sub", "X-Token-Subject", "X-Token-Sub"),
    *("X-Subject", "X-Sub", "X-Principal", "X-Principal-Id", "X-Identity", "X-Identity-Id"),
    *("X-Client-Id", "X-Account-Id", "X-Account", "X-Member-Id", "X-Customer-Id", "X-Person-Id"),
    *("X-Session-User", "X-Current-User", "X-Current-User-Id", "X-Caller-Id", "X-Caller"),
    *("X-Neptun-User", "X-Neptun-User-Id", "Neptun-User", "Ssl-Client-S-Dn"),
    *("REMOTE_USER", "HTTP_REMOTE_USER", "X_USER_ID"),
    *("X-SSL-Client-S-DN", "X-SSL-Client-CN", "X-Client-Cert", "X-Forwarded-Client-Cert"),
    *("X-Userinfo-Sub", "X-User-Info", "X-Token-User-Id", "X-Grafana-User", "X-Clerk-User-Id"),
    *("X-Pomerium-Claim-User", "X-Endpoint-API-UserId", "X-Auth0-User-Id", "X-Firebase-Uid"),
    *("X-Auth-Id", "X-Auth-Uid", "X-Ldap-User", "X-Saml-Subject", "X-Shib-User", "X-Subject-Id"),
    *("X-Profile-Id", "X-Viewer-Id", "X-Actor", "X-Actor-Id", "X-Requester", "X-Requester-Id"),
    *("X-User-Uuid", "X-Auth-Email"),
)
"""Headers in which gateways, log-in proxies and meshes name the user."""

STAND_INS = (
    *("Impersonate-User", "X-Impersonate-User", "X-Impersonate", "X-Impersonated-User"),
    *("X-Switch-User", "X-Sudo", "Sudo", "X-Act-As", "X-Acting-As", "X-Act-On-Behalf-Of"),
    *("X-On-Behalf-Of", "On-Behalf-Of", "X-Run-As", "X-As-User", "X-Login-As", "X-Assume-User"),
    *("X-Delegated-User", "X-Delegate-For", "X-Effective-User", "X-Real-User", "X-Proxy-User"),
    *("X-Requested-User", "X-Target-User", "X-Owner-Id", "X-Tenant", "X-Tenant-Id", "X-Org-Id"),
    *("X-Workspace-Id", "X-View-As", "X-Masquerade-As"),
)
"""Headers by which one user asks for another."""

_SUBREQUEST = ":".join(["middleware"] * 5)
"""A way past a middleware that counts how often it was passed already."""
PRIVILEGES = (
    *(("X-Role", "admin"), ("X-Roles", "admin"), ("X-User-Role", "admin"), ("Role", "admin")),
    *(("X-User-Roles", "admin"), ("X-Hasura-Role", "admin"), ("X-Forwarded-Groups", "admin")),
    *(("X-Auth-Request-Groups", "admin"), ("Remote-Groups", "admin"), ("X-Groups", "admin")),
    *(("X-Admin", "true"), ("X-Is-Admin", "1"), ("X-Superuser", "true"), ("X-Scope", "admin")),
    *(("X-Permissions", "*"), ("X-Internal", "1"), ("X-Internal-Request", "true")),
    *(("X-Internal-Call", "true"), ("X-Service-Call", "true"), ("X-Service-Name", "gateway")),
    *(("X-Authenticated", "true"), ("X-Is-Authenticated", "true"), ("X-Auth-Status", "1")),
    *(("X-Authorized", "true"), ("X-Verified", "true"), ("X-SSL-Client-Verify", "SUCCESS")),
    *(("Ssl-Client-Verify", "SUCCESS"), ("X-Client-Verify", "SUCCESS"), ("X-Debug", "1")),
    *(("X-Test", "1"), ("X-Bypass-Auth", "1"), ("X-Skip-Auth", "true"), ("X-No-Auth", "1")),
    *(("X-Health-Check", "1"), ("X-Probe", "1"), ("X-Monitoring", "1"), ("X-Cron", "1")),
    *(("X-Appengine-Cron", "true"), ("X-Appengine-Queuename", "q"), ("X-Envoy-Internal", "true")),
    *(("X-CloudScheduler", "true"), ("X-Amz-Cf-Id", "1"), ("X-Requested-With", "XMLHttpRequest")),
    *(("X-Middleware-Subrequest", _SUBREQUEST), ("X-Prerender", "1"), ("X-Preview", "1")),
    *(("Purpose", "prefetch"), ("Sec-Purpose", "prefetch"), ("X-Moz", "prefetch"), ("DNT", "1")),
    *(("Upgrade-Insecure-Requests", "1"), ("Via", "1.1 gateway")),
    *(("X-Request-Id", "1"), ("X-Correlation-Id", "1"), ("X-Forwarded-Server", "gateway")),
    ("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"),
    *(("X-Nextjs-Data", "1"), ("X-Internal-Request", "1"), ("X-Internal", "true")),
    *(("RSC", "1"), ("Next-Router-Prefetch", "1"), ("Next-Action", "x"), ("Next-Url", "/")),
    *(("HX-Request", "true"), ("X-Inertia", "true"), ("Turbo-Frame", "files"), ("X-PJAX", "true")),
    *(("X-API-Version", "1"), ("Api-Version", "1"), ("Accept-Version", "1.0.0"), ("Debug", "1")),
    *(("X-Vercel-Cron", "1"), ("X-GitHub-Event", "ping"), ("X-Webhook-Signature", "x")),
)
"""Headers that claim rights, or a way through the house on which nobody is asked."""

ADDRESSES = (
    *("X-Real-IP", "X-Client-IP", "True-Client-IP", "CF-Connecting-IP", "X-Cluster-Client-IP"),
    *("X-Originating-IP", "X-Remote-IP", "X-Remote-Addr", "Remote-Addr", "X-ProxyUser-Ip"),
    *("X-Custom-IP-Authorization", "Fastly-Client-IP", "X-Forwarded", "Forwarded-For", "X-Host"),
    *("X-Azure-ClientIP", "X-Azure-SocketIP", "X-Envoy-External-Address", "X-Appengine-User-IP"),
    *("X-Original-Forwarded-For", "X-Vercel-Forwarded-For", "X-Forwarded-For-Original"),
    *("X-Backend-Host", "X-Original-Host", "X-Trusted-IP", "X-Source-IP", "X-NF-Client-Connection"),
)
"""Headers that say from which address a request comes, beside ``X-Forwarded-For``."""
URLS = (
    *("X-Original-URL", "X-Rewrite-URL", "X-Forwarded-Uri", "X-Original-URI", "X-Forwarded-Path"),
    *("X-Envoy-Original-Path", "X-Replaced-Path", "X-Forwarded-Url", "X-Request-Uri", "X-Url"),
    *("X-Proxy-Url", "X-Original-Path", "X-Rewrite-Path", "X-Accel-Redirect", "X-Sendfile"),
    *("X-Auth-Request-Redirect", "Destination", "Content-Location", "X-Override-URL"),
    "X-Forwarded-Prefix",
)
"""Headers that name the URL that was, or is to be, asked for."""
OPEN_PATHS = ("/", "/login", "/public/x")
OWNERS_PATH = "/api/users/{owner}/chats/{owner_chat}/files"

METHODS = (
    *("X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override", "X-Forwarded-Method"),
    *("X-Original-Method", "X-Method"),
)
"""Headers that name another method than the request line."""

CHATS = ("X-Chat-Id", "X-Chat", "X-Conversation-Id", "X-Resource-Id", "X-Id", "X-Chat-Conversation")
"""Headers that may be taken for the chat of the path."""

USER_NAMES = (
    *("user_id", "userId", "user", "uid", "user-id", "username", "id", "account", "account_id"),
    *("owner", "owner_id", "login", "sub", "member", "member_id", "viewer", "u", "as", "as_user"),
    *("act_as", "impersonate", "_switch_user", "sudo", "on_behalf_of", "current_user", "email"),
)
"""What cookies and query parameters are called that may be taken for the user of the path."""
CHAT_NAMES = (
    *("chat_id", "chatId", "chat", "conversation_id", "conversation", "cid", "chat_id%5B%5D"),
    "chat_conversation_id",
)
"""What they are called that may be taken for its chat; ``id`` may be either."""
COOKIE_NAMES = (
    *("neptun-user", "neptun_user", "ajs_user_id", "remember_me", "remember_token", "auth_user"),
    *("logged_in_user", "neptun-user-id"),
)
COOKIES_OF_RIGHTS = (
    *("admin=1", "role=admin", "is_admin=1", "authenticated=1", "debug=1", "isAdmin=true"),
    *("user_role=admin", "roles=admin", "access=all", "logged_in=true", "loggedIn=true"),
    *("isLoggedIn=1", "preview=1", "__prerender_bypass=1", "__next_preview_data=1", "bypass=1"),
    *("wordpress_logged_in=1", "cookieconsent=1", "guest=1", "demo=1", "test=1", "dev=1", "beta=1"),
    *("internal=1", "trusted=1", "superuser=1", "staff=1", "verified=1", "mfa=1", "scope=all"),
)
QUERIES_OF_RIGHTS = (
    *("debug=1", "admin=true", "test=1", "auth=false", "noauth=1", "preview=1", "public=1"),
    *("share=1", "guest=1", "internal=1", "bypass=1", "skip_auth=true", "dev=1", "role=admin"),
    *("is_admin=true", "sudo=1", "authenticated=1", "anonymous=1", "token=1", "signature=1"),
    *("_method=OPTIONS", "next=/login", "trusted=1", "superuser=1", "access=public"),
    *("scope=all", "all=1", "shared=1", "download=1", "embed=1", "export=1", "print=1", "raw=1"),
    *("format=csv", "callback=f", "fields=*", "include=all", "expand=all", "v=1.css"),
)
"""Parameters that some house's own tools open doors with."""
FURTHER_QUERIES_OF_RIGHTS = (
    *("debug=true", "admin=1", "_method=HEAD", "next=/health", "auth=0", "preview=true"),
    *("isAdmin=true", "public=true", "shared=true", "all=true", "include_shared=true", "dev=true"),
    *("with_deleted=1", "download=true", "__proto__%5Badmin%5D=1", "X-Amz-Signature=x"),
    *("expires=4102444800", "_escaped_fragment_=", "x=/api-docs", "internal=true", "raw=true"),
)
"""The same with other values."""


def named(names: tuple[str, ...], value: str, between: str = "&") -> str:
    """Return parameters, or cookies, of several names and one value."""
    return between.join(f"{name}={value}" for name in names)


def _named(names: tuple[str, ...], value: str) -> tuple[Headers, ...]:
    return rows((name, value) for name in names)


_CONTEXT = '{"authorizer":{"claims":{"sub":"{owner_raw}"},"principalId":"{owner_raw}"}}'
_ENCODED = (
    *(("X-MS-CLIENT-PRINCIPAL", "{owner_claims}"), ("X-Userinfo", "{owner_claims}")),
    *(("X-Endpoint-API-UserInfo", "{owner_claims}"), ("X-Amzn-Oidc-Data", "{owner_token}")),
    *(
        ("X-Apigateway-Api-Userinfo", "{owner_claims}"),
        ("Cf-Access-Jwt-Assertion", "{owner_token}"),
    ),
    *(("X-Goog-IAP-JWT-Assertion", "{owner_token}"), ("Ssl-Client-S-Dn", "CN={owner_raw}")),
    *(("X-Auth-Request-Access-Token", "{owner_token}"), ("X-SSL-Client-S-DN", "CN={owner_raw}")),
    *(("X-Forwarded-Access-Token", "{owner_token}"), ("X-Client-Cert", "CN={owner_raw}")),
    ("X-Goog-Authenticated-User-Id", "accounts.google.com:{owner_raw}"),
    ("X-Goog-Authenticated-User-Email", "accounts.google.com:{owner_raw}"),
    ("X-Forwarded-Client-Cert", 'Hash=0;Subject="CN={owner_raw}"'),
    *(("X-User-Info", "{owner_claims}"), ("X-Grafana-User", "{owner_claims}")),
    *(("baggage", "user.id={owner},userId={owner}"), ("X-Amzn-Request-Context", _CONTEXT)),
)

_IDENTITIES = (*((name, "{owner_raw}") for name in (*USERS, *STAND_INS)), *_ENCODED)
_FROM_HERE = (("X-Forwarded-For", "127.0.0.1"), ("Client-IP", "127.0.0.1"))
"""They stand in one bundle: of two addresses that differ, a proxy may make a server error."""
_ORIGINS = (
    *((name, "127.0.0.1") for name in ADDRESSES),
    *(("X-Forwarded-For", "10.0.0.1"), ("Forwarded", "for=127.0.0.1;host=localhost;proto=http")),
    *(("X-Forwarded-For", "192.168.1.1"), ("X-Forwarded-Host", "localhost")),
    *(("X-Forwarded-For", "::1"), ("X-Forwarded-Port", "443")),
    *(("X-Forwarded-For", "localhost"), ("X-Forwarded-Proto", "http")),
)
CLIENTS = (
    "ELB-HealthChecker/2.0 GoogleHC/1.0 UptimeRobot/2.0 Pingdom.com_bot Amazon CloudFront",
    "Go-http-client/1.1 okhttp/4.12.0 Java/17.0.2 Dalvik/2.1.0 Apache-HttpClient/5.3 Dart/3.4",
    "axios/1.7.2 PostmanRuntime/7.39.0 insomnia/9.2.0 k6/0.51.0 python-requests/2.32.3",
    "vercel-cron/1.0 Prometheus/2.52.0 GoogleStackdriverMonitoring-UptimeChecks Wget/1.24",
    "facebookexternalhit/1.1 Twitterbot/1.0 Slackbot-LinkExpanding 1.0 Discordbot/2.0 bingbot/2.0",
)
"""What services, scripts and readers of links call themselves; who tells them by a word finds it,
and who looks at the beginning finds the first of each."""
_MANNERS = (
    *(("User-Agent", client) for client in CLIENTS),
    *(("Accept-Encoding", value) for value in ("gzip, deflate, br, zstd", "br", "identity")),
    *(("Accept-Language", "fr-FR,fr;q=0.9"), ("Cache-Control", "no-store")),
    *(("Content-Type", "application/json"), ("Content-Type", "application/grpc-web")),
    ("Referer", "https://{host}/admin/login"),
)
"""Ways in which somebody asks who is trusted somewhere; each bundle has some."""
_REFUSABLE = (
    ("Authorization", "Bearer {owner_token}"),
    ("Origin", DOCUMENTED_ORIGIN),
)
"""What a filter may refuse, so that it hides what stands beside it: in the last bundle alone."""
_LIKELY = 30

_CLAIMED = (
    *(*_FROM_HERE, *_ORIGINS, *_IDENTITIES[:_LIKELY], *PRIVILEGES[:_LIKELY]),
    *(*_IDENTITIES[_LIKELY:], *PRIVILEGES[_LIKELY:]),
)
CLAIMS = rows((*_MANNERS, *_CLAIMED, *_REFUSABLE))
"""Bundles that say who asks, with which rights, and from the own network; the likeliest first."""

ROUTES_TO_THE_OPEN = (*_named(URLS, OPEN_PATHS[0]), *_named(URLS, OPEN_PATHS[1]))
ROUTES_TO_THE_OWNER = rows(
    (*((name, OWNERS_PATH) for name in (*URLS, "Referer")), *((n, "{owner_chat}") for n in CHATS))
)
OTHER_METHODS = (*_named(METHODS, "OPTIONS"), *_named(METHODS, "HEAD"))

USER_COOKIES = "; ".join((named((*USER_NAMES, *COOKIE_NAMES), "{owner}", "; "), *COOKIES_OF_RIGHTS))
CHAT_COOKIES = named(("id", *CHAT_NAMES), "{owner_chat}", "; ")
RIGHTS_QUERY = "&".join(QUERIES_OF_RIGHTS)
FURTHER_RIGHTS_QUERY = "&".join(FURTHER_QUERIES_OF_RIGHTS)

JSON_CLAIMS = (
    '{"user_id":"{owner_raw}","userId":"{owner_raw}","user":"{owner_raw}","chat_id":{owner_chat},'
    '"chatId":{owner_chat},"id":{owner_chat},"admin":true}'
)
FORM_CLAIMS = (
    "user_id={owner}&userId={owner}&user={owner}&chat_id={owner_chat}&chatId={owner_chat}"
    "&id={owner_chat}&admin=1"
)

GATEWAY_HEADERS = frozenset(
    name.lower() for row in (_CLAIMED, *ROUTES_TO_THE_OWNER, *OTHER_METHODS) for name, _ in row
) - {
    *("referer", "dnt", "save-data", "upgrade-insecure-requests", "purpose", "sec-purpose"),
    "x-requested-with",
}
"""Headers that gateways set or act on, in lower case: whoever is refused may get any 4xx."""
