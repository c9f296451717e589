# The suite in a small image, for a Kubernetes Job or wherever there is no Python.
#
#   docker build --tag neptun-conformance .
#   docker run --rm neptun-conformance --base-url https://staging.example.com
FROM python:3.13-slim AS build
WORKDIR /source
COPY pyproject.toml README.md LICENSE openapi.yaml requirements-dev.txt ./
COPY src src
COPY tests/contract tests/contract
# What is installed is what was tested: the locked versions constrain it.
RUN sed -E '/^ +--hash/d; s/ *\\$//' requirements-dev.txt >/constraints.txt \
    && python -m venv /suite \
    && /suite/bin/pip install --no-cache-dir --constraint /constraints.txt '.[http2]'

FROM python:3.13-slim
COPY --from=build /suite /suite
RUN useradd --uid 10001 --no-create-home --shell /usr/sbin/nologin suite
USER 10001
WORKDIR /reports
ENTRYPOINT ["/suite/bin/neptun-conformance"]
