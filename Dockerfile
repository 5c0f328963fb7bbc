# One image for web, worker, beat, post and migrations. Nothing secret goes in: all of it is environment.
FROM python:3.11.14-slim-bookworm AS packages
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
COPY requirements/base.txt /base.txt
RUN python -m venv /venv \
 && /venv/bin/pip install --require-hashes --only-binary :all: -r /base.txt

FROM python:3.11.14-slim-bookworm
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    STATIC_ROOT=/app/staticfiles MEDIA_ROOT=/media
RUN useradd --system --uid 10001 --home-dir /app --shell /usr/sbin/nologin northstar \
 && install -d -o northstar -g northstar /media
WORKDIR /app
COPY --from=packages /venv /venv
COPY manage.py pyproject.toml LICENSE ./
COPY northstar northstar
COPY partners partners
COPY learning learning
COPY measures measures
COPY templates templates
COPY static static
COPY locale locale
# Placeholders for this one command only: collecting needs neither a key nor a database.
RUN SECRET_KEY=build DATABASE_URL=postgres://build/build python manage.py collectstatic --noinput
USER northstar
VOLUME /media
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=6s --start-period=30s --retries=3 \
  CMD ["python", "-m", "northstar.probe"]
CMD ["gunicorn", "northstar.wsgi", "--bind=0.0.0.0:8000", "--worker-class=gthread", \
     "--workers=2", "--threads=8", "--no-control-socket", "--timeout=30", \
     "--max-requests=5000", "--max-requests-jitter=500", "--access-logfile=-", \
     "--logger-class=northstar.logs.AccessLog", \
     "--access-logformat=%(h)s %(t)s %(m)s %(U)s %(s)s %(b)s %(M)s ms request=%({x-request-id}o)s", \
     "--worker-tmp-dir=/dev/shm"]
