#!/usr/bin/env bash
# msgspec and Arrow round the seventh digit up: the last tick of February is in March, that of 9999 an error.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

python_packages msgspec==0.23.0 arrow==1.4.0 pydantic==2.14.4 pendulum==3.3.0 python-dateutil==4.0.0
cat >read.py <<'END'
import datetime
import arrow, dateutil.parser, msgspec, pendulum, pydantic

READERS = {
    "fromisoformat": datetime.datetime.fromisoformat,
    "dateutil": dateutil.parser.isoparse,
    "pendulum": pendulum.parse,
    "pydantic": pydantic.TypeAdapter(datetime.datetime).validate_python,
    "arrow": lambda text: arrow.get(text).datetime,
    "msgspec": lambda text: msgspec.convert(text, datetime.datetime),
}
for name, read in READERS.items():
    for text in ("2024-02-29T23:59:59.9999995Z", "9999-12-31T23:59:59.9999999Z"):
        try:
            print(f"{name}:", read(text).isoformat())
        except (ValueError, OverflowError) as error:
            print(f"{name}: {type(error).__name__}, {error}")
END
observe venv/bin/python read.py
conclude "msgspec 0.23.0, Arrow 1.4.0; beside them pydantic 2.14.4, pendulum 3.3.0, dateutil 4.0.0,
$(venv/bin/python --version)" \
    'RFC 3339, 5.6: a fraction may have any number of digits; .NET writes seven. All readers agree on the
day, and the last tick of the year 9999, which .NET writes for DateTime.MaxValue, is a date.' \
    'fromisoformat: 2024-02-29T23:59:59.999999+00:00
fromisoformat: 9999-12-31T23:59:59.999999+00:00
dateutil: 2024-02-29T23:59:59.999999+00:00
dateutil: 9999-12-31T23:59:59.999999+00:00
pendulum: 2024-02-29T23:59:59.999999+00:00
pendulum: 9999-12-31T23:59:59.999999+00:00
pydantic: 2024-02-29T23:59:59.999999+00:00
pydantic: 9999-12-31T23:59:59.999999+00:00
arrow: 2024-03-01T00:00:00+00:00
arrow: OverflowError, date value out of range
msgspec: 2024-03-01T00:00:00+00:00
msgspec: ValidationError, Invalid RFC3339 encoded datetime'
