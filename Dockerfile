# equity-brief in a container: `docker build -t equity-brief .`, then see compose.yaml.
FROM python:3.13-slim-bookworm

ENV PYTHONUNBUFFERED=1 PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1

# Pango sets the lines of text, HarfBuzz cuts the fonts down to the letters used.
RUN apt-get update \
    && apt-get install -y --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
    && rm -rf /var/lib/apt/lists/*

WORKDIR /opt/equity-brief
COPY requirements.lock pyproject.toml hatch_build.py README.md LICENSE ./
RUN pip install --require-hashes -r requirements.lock && pip install 'psycopg[binary]>=3.3' 's3fs>=2026.1'
COPY generator generator
COPY templates templates
RUN pip install --no-deps --no-build-isolation .

# The desk's own folder is mounted here: reports/, templates/, seeds/, output/.
WORKDIR /desk
RUN useradd --create-home --uid 10001 brief && chown brief /desk
USER brief

HEALTHCHECK --interval=15m --timeout=60s --start-period=10m CMD ["brief", "due", "--health"]
ENTRYPOINT ["brief"]
CMD ["due"]
