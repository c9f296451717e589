#!/usr/bin/env bash
# To RapidJSON, zero is "too big" when written with an exponent over 308.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

python_packages python-rapidjson==1.25 orjson==3.13.0 pysimdjson==7.0.2 msgspec==0.23.0 ujson==6.1.0
cat >read.py <<'END'
import json
import msgspec, orjson, rapidjson, simdjson, ujson

READERS = {
    "json": json.loads,
    "orjson": orjson.loads,
    "msgspec": msgspec.json.decode,
    "simdjson": simdjson.loads,
    "ujson": ujson.loads,
    "rapidjson": rapidjson.loads,
}
for name, loads in READERS.items():
    seen = []
    for text in ("0e308", "0e309", "0.0E+400", "0e-400"):
        try:
            seen.append(str(loads(text)))
        except ValueError as error:
            seen.append(type(error).__name__)
    print(f"{name}:", ", ".join(seen))
END
observe venv/bin/python read.py
conclude "RapidJSON in python-rapidjson 1.25; beside it json of $(venv/bin/python --version), orjson 3.13.0,
msgspec 0.23.0, pysimdjson 7.0.2, ujson 6.1.0" \
    'RFC 8259, 6: a number may have any exponent, and zero times a power of ten is zero: 0.0 four times.' \
    'json: 0.0, 0.0, 0.0, 0.0
orjson: 0.0, 0.0, 0.0, 0.0
msgspec: 0.0, 0.0, 0.0, 0.0
simdjson: 0.0, 0.0, 0.0, 0.0
ujson: 0.0, 0.0, 0.0, 0.0
rapidjson: 0.0, JSONDecodeError, JSONDecodeError, 0.0'
