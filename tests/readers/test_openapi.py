"""openapi.yaml: a linter, types, a client, models and a mock, each as its users make them."""

from __future__ import annotations

import json
import socket
from typing import TYPE_CHECKING, Any

from neptun_conformance.server.data import target_for
from tests.readers.conftest import judge
from tests.readers.programs import CONTRACT, MODULES, node, python, script

if TYPE_CHECKING:
    from pathlib import Path

TYPED = """\
import type { components, paths } from "./api";
type Answers = paths["/api/users/{user_id}/chats/{chat_id}/files"]["get"]["responses"];
const file: components["schemas"]["ChatFile"] = {
  id: 902, chat_conversation_id: 4711, name: "a.txt", size: 3, type: "text/plain",
  created_at: "2024-05-01T09:30:00Z", url: "https://files.example.com/a.txt",
};
export const full: Answers[200]["content"]["application/json"] = { chatFiles: [file] };
// @ts-expect-error: a size is a number
export const wrong: typeof file = { ...file, size: "3" };
// @ts-expect-error: the files may not be missing
export const empty: Answers[200]["content"]["application/json"] = {};
"""

CLIENT = """\
import json, sys
from client import Client
from client.api.chat_files.get_chat_files import sync
url, user_id, chat_id, session = sys.argv[1:]
for cookies in ({"neptun-session": session}, {}):
    with Client(base_url=url, cookies=cookies) as client:
        print(json.dumps(sync(user_id, int(chat_id), client=client).to_dict()))
"""

MODELS = """\
import json, sys, urllib.request
import models, pydantic
request = urllib.request.Request(sys.argv[1], headers={"Cookie": "neptun-session=" + sys.argv[2]})
with urllib.request.urlopen(request) as answer:
    body = json.load(answer)
print(len(models.ChatFiles.model_validate(body).chatFiles))
body["chatFiles"][0]["created_at"] = "yesterday"
try:
    models.ChatFiles.model_validate(body)
except pydantic.ValidationError as problem:
    print(*problem.errors()[0]["loc"])
"""

EXAMPLE = "Prism answers every request that is valid by the contract with its example."
NO_SESSION = "Prism wants a cookie of the session's name, and takes any value."
MOCK = {
    **dict.fromkeys(("ownership.foreign-chat", "ownership.foreign-user"), EXAMPLE),
    **dict.fromkeys(("ownership.foreign-pair", "user.unknown", "chat.unknown"), EXAMPLE),
    **dict.fromkeys(("files.empty", "file.of-this-chat"), EXAMPLE),
    **dict.fromkeys(
        (
            *("authentication.made-up", "authentication.letter-case", "authentication.text-before"),
            *("authentication.altered-middle", "authentication.altered-end"),
            *("authentication.cut-short", "authentication.empty-chat"),
            *("authentication.unknown-chat", "authentication.unknown-user"),
            *("authentication.other-cookie", "authentication.cookie-name", "authentication.bearer"),
        ),
        NO_SESSION,
    ),
    "methods.head": "The contract has no HEAD, and Prism answers 405.",
    "cors.answer": "Prism lets every origin read with credentials.",
    "cors.preflight": "Prism lets every origin read with credentials.",
}
"""Why clauses fail with the mock; no other may."""
ASKED = (
    *("authentication", "success", "files", "file", "error", "methods", "cors"),
    *("ownership.foreign-*", "chat.unknown", "user.unknown"),
)
"""The other clauses send what ends Prism's process, such as a malformed percent sign."""


def test_spectral_has_nothing_to_say(tmp_path: Path) -> None:
    (tmp_path / "ruleset.yaml").write_text("extends: [spectral:oas]\n", "utf-8")
    arguments = ["--fail-severity", "hint", "--ruleset", "ruleset.yaml", CONTRACT]
    node("@stoplight/spectral-cli/dist/index.js", "lint", *arguments, folder=tmp_path)


def test_openapi_typescript_makes_types_that_refuse_what_is_wrong(tmp_path: Path) -> None:
    node("openapi-typescript/bin/cli.js", CONTRACT, "--output", "api.d.ts", folder=tmp_path)
    (tmp_path / "use.ts").write_text(TYPED, "utf-8")
    node("typescript/bin/tsc", "--noEmit", "--strict", "use.ts", folder=tmp_path)


def test_a_client_of_openapi_python_client_reads_files_and_a_refusal(
    reference: str, tmp_path: Path
) -> None:
    arguments = ["--path", CONTRACT, "--output-path", "client", "--meta", "none"]
    script("openapi-python-client", "generate", *arguments, folder=tmp_path)
    owner = target_for(reference)["owner"]
    chat = owner["chat_with_files"]
    wanted = [reference, owner["user_id"], str(chat["id"]), owner["session"]]
    printed = python("-c", CLIENT, *wanted, folder=tmp_path)
    files, refusal = map(json.loads, printed.splitlines())
    assert [file["id"] for file in files["chatFiles"]] == [file["id"] for file in chat["files"]]
    assert refusal["statusCode"] == 401


def test_models_of_datamodel_code_generator_read_files_and_refuse_a_wrong_time(
    reference: str, tmp_path: Path
) -> None:
    arguments = ["--input", CONTRACT, "--input-file-type", "openapi", "--output", "models.py"]
    kind = ["--output-model-type", "pydantic_v2.BaseModel"]
    script("datamodel-codegen", *arguments, *kind, folder=tmp_path)
    owner = target_for(reference)["owner"]
    chat = owner["chat_with_files"]
    url = f"{reference}/api/users/{owner['user_id']}/chats/{chat['id']}/files"
    count, place = python("-c", MODELS, url, owner["session"], folder=tmp_path).splitlines()
    assert int(count) == len(chat["files"])
    assert place == "chatFiles 0 created_at"


def test_prism_answers_by_the_contract_and_knows_nobody(tmp_path: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    prism = MODULES / "@stoplight/prism-cli/dist/index.js"
    start = f"exec node '{prism}' mock --host 127.0.0.1 --port {port} '{CONTRACT}' >mock.log"
    asked = [f"--only={one}" for one in ASKED]
    judge(_of_strangers(port), tmp_path, "--start", start, "--wait=60", *asked)
    clauses = json.loads((tmp_path / "report.json").read_text("utf-8"))["clauses"]
    failed = {one["id"] for one in clauses if one["outcome"] == "fail"}
    assert failed <= set(MOCK)
    assert failed >= {"authentication.made-up", "ownership.foreign-chat", "chat.unknown"}
    assert failed >= {"files.empty", "file.of-this-chat", "methods.head"}
    passed = {one["id"] for one in clauses if one["outcome"] == "pass"}
    assert passed >= {"success.envelope", "file.url", "error.data", "authentication.no-cookie"}


def _of_strangers(port: int) -> dict[str, Any]:
    """Return a target of which the server has never heard."""
    target: dict[str, Any] = dict(target_for(f"http://127.0.0.1:{port}"))
    for person in ("owner", "stranger"):
        chat = {"id": target[person]["chat_with_files"]["id"]}
        target[person] = {**target[person], "chat_with_files": chat}
    return {**target, "expired_session": "none"}
