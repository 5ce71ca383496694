# Tiebreak as a program in a container: `docker run --rm --user "$(id -u):$(id -g)" -v "$PWD:/project" tiebreak build`.
# The base is named by its digest: Python 3.13.15 on Debian 13.
FROM python:3.13-slim@sha256:9d2e5553305c7c7b0097999bb17187c69b921ccd6bc9d40e4bb5ebe652c00285 AS build
COPY . /source
RUN python -m venv --without-pip /opt/tiebreak \
    && pip --python /opt/tiebreak/bin/python install --no-cache-dir --disable-pip-version-check "/source[search]"

FROM python:3.13-slim@sha256:9d2e5553305c7c7b0097999bb17187c69b921ccd6bc9d40e4bb5ebe652c00285
COPY --from=build /opt/tiebreak /opt/tiebreak
# Whoever runs it needs a home for the key that seals what builds keep; it goes with the container, and so does the cache.
ENV PATH="/opt/tiebreak/bin:$PATH" HOME=/tmp PYTHONDONTWRITEBYTECODE=1
WORKDIR /project
USER 10001:10001
ENTRYPOINT ["tiebreak"]
CMD ["--help"]
