#!/usr/bin/env bash
# Falcon's static routes answer 400 to the two older forms of an HTTP date.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

python_packages falcon==4.4.0 flask==3.1.3
mkdir public
echo 'a page' >public/page.txt
touch -d '2024-03-20 10:00:00 UTC' public/page.txt
cat >ask.py <<'END'
import os
import falcon, falcon.testing, flask

app = falcon.App()
app.add_static_route("/", os.path.abspath("public"))
by_falcon = falcon.testing.TestClient(app)
by_flask = flask.Flask("ask", static_folder="public", static_url_path="/").test_client()
for date in (
    "Wed, 20 Mar 2024 10:00:00 GMT",
    "Wednesday, 20-Mar-24 10:00:00 GMT",
    "Wed Mar 20 10:00:00 2024",
):
    headers = {"If-Modified-Since": date}
    falcons = by_falcon.simulate_get("/page.txt", headers=headers)
    flasks = by_flask.get("/page.txt", headers=headers)
    print(f"{date}: falcon {falcons.status_code}, flask {flasks.status_code}")
END
observe venv/bin/python ask.py
conclude 'Falcon 4.4.0 (add_static_route); beside it Flask 3.1.3' \
    'RFC 9110, 5.6.7: a recipient must accept all three forms of an HTTP date. The file is of that
second, so each is a 304.' \
    'Wed, 20 Mar 2024 10:00:00 GMT: falcon 304, flask 304
Wednesday, 20-Mar-24 10:00:00 GMT: falcon 400, flask 304
Wed Mar 20 10:00:00 2024: falcon 400, flask 304'
