# The platform as one image: web (the default command), worker, beat and migrations start from it.
# BASE may be any Debian 13 with Python 3.12 to 3.14.
ARG BASE=python:3.13-slim-trixie

FROM ${BASE} AS packages
RUN apt-get update -q && apt-get install -y -q --no-install-recommends python3-venv
COPY requirements/base.txt /build/
RUN python3 -m venv /venv \
    && /venv/bin/pip install -q --no-cache-dir --disable-pip-version-check --require-hashes -r /build/base.txt

# Node.js comes by pip, so that the one BASE is enough.
FROM ${BASE} AS frontend
RUN apt-get update -q && apt-get install -y -q --no-install-recommends python3-venv
COPY requirements/node.txt /build/
RUN python3 -m venv /node \
    && /node/bin/pip install -q --no-cache-dir --disable-pip-version-check --require-hashes -r /build/node.txt
ENV PATH=/node/bin:$PATH
WORKDIR /src
COPY package.json package-lock.json .npmrc ./
RUN npm ci --loglevel=error
COPY vite.config.ts ./
COPY frontend frontend
RUN npm run -s build

FROM ${BASE}
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 DATA_DIR=/data
COPY --from=packages /venv /venv
WORKDIR /app
COPY . .
COPY --from=frontend /src/frontend/static/frontend frontend/static/frontend
# The key is used for nothing here; the real one is given when the image starts. Files of people are
# written for the group only, and so are those of collectstatic: they are opened to the user below.
RUN python scripts/messages.py compile \
    && SECRET_KEY=unused python manage.py collectstatic --noinput -v0 \
    && python -m compileall -q . \
    && chmod -R a+rX . \
    && useradd --system --uid 10001 --home-dir /data mgmp \
    && mkdir /data \
    && chown mgmp /data
USER mgmp
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s CMD ["python", "scripts/healthcheck.py", "web"]
CMD ["granian", "--interface", "wsgi", "--host", "0.0.0.0", "--port", "8000", "--workers", "2", "--blocking-threads", "4", "mgmp.wsgi:application"]
