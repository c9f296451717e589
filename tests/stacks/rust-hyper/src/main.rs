use std::collections::HashMap;
use std::convert::Infallible;
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use hyper::header::{HeaderValue, ALLOW, CONTENT_TYPE, COOKIE};
use hyper::service::{make_service_fn, service_fn};
use hyper::{Body, Method, Request, Response, Server, StatusCode};
use percent_encoding::percent_decode_str;
use serde::{Deserialize, Serialize};
use serde_json::json;

#[derive(Deserialize, Serialize)]
struct ChatFile {
    id: u64,
    chat_conversation_id: u64,
    name: String,
    size: u64,
    r#type: String,
    created_at: String,
    url: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Chat {
    id: u64,
    user_id: String,
    files: Vec<ChatFile>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Session {
    user_id: String,
    expires_at: u64,
}

#[derive(Deserialize)]
struct Data {
    sessions: HashMap<String, Session>,
    chats: Vec<Chat>,
}

impl Data {
    fn caller(&self, request: &Request<Body>) -> Option<&str> {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).ok()?.as_secs();
        let session = request
            .headers()
            .get_all(COOKIE)
            .iter()
            .filter_map(|line| std::str::from_utf8(line.as_bytes()).ok())
            .flat_map(|line| line.split(';'))
            .find_map(|pair| pair.trim().strip_prefix("neptun-session="))?;
        let session = self.sessions.get(session)?;
        (now < session.expires_at).then(|| session.user_id.as_str())
    }

    fn files(&self, caller: &str, user: &str, chat: &str) -> Option<&[ChatFile]> {
        let user = percent_decode_str(user).decode_utf8().ok()?;
        let id: u64 = percent_decode_str(chat).decode_utf8().ok()?.parse().ok()?;
        self.chats
            .iter()
            .find(|chat| chat.id == id && chat.user_id == user && caller == user)
            .map(|chat| chat.files.as_slice())
    }
}

fn answer(data: &Data, request: &Request<Body>) -> Response<Body> {
    let path: Vec<&str> = request.uri().path().split('/').collect();
    let (user, chat) = match path[..] {
        ["", "api", "users", user, "chats", chat, "files"] => (user, chat),
        _ => return problem(StatusCode::NOT_FOUND, "Page not found"),
    };
    if request.method() != Method::GET && request.method() != Method::HEAD {
        let mut response = problem(StatusCode::METHOD_NOT_ALLOWED, "Method not allowed");
        response.headers_mut().insert(ALLOW, HeaderValue::from_static("GET, HEAD"));
        return response;
    }
    match data.caller(request) {
        None => problem(StatusCode::UNAUTHORIZED, "No valid session"),
        Some(caller) => match data.files(caller, user, chat) {
            None => problem(StatusCode::NOT_FOUND, "Chat not found"),
            Some(files) => reply(StatusCode::OK, json!({ "chatFiles": files })),
        },
    }
}

fn problem(status: StatusCode, message: &str) -> Response<Body> {
    let phrase = status.canonical_reason().unwrap_or_default();
    let body = json!({
        "statusCode": status.as_u16(),
        "statusMessage": phrase,
        "data": { "message": message },
    });
    reply(status, body)
}

fn reply(status: StatusCode, body: serde_json::Value) -> Response<Body> {
    let mut response = Response::new(Body::from(body.to_string()));
    *response.status_mut() = status;
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    response
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let port: u16 = std::env::var("PORT")?.parse()?;
    let data: Arc<Data> = Arc::new(serde_json::from_slice(&std::fs::read(std::env::var("DATA")?)?)?);
    let service = make_service_fn(move |_| {
        let data = data.clone();
        async move {
            Ok::<_, Infallible>(service_fn(move |request| {
                let response = answer(&data, &request);
                async move { Ok::<_, Infallible>(response) }
            }))
        }
    });
    Server::bind(&([127, 0, 0, 1], port).into()).serve(service).await?;
    Ok(())
}
