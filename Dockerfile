# An image of what the server needs to run (scripts/runtime-files.mjs): docker build -t keybound .
FROM node:22-slim AS build
WORKDIR /build
# Dependencies are installed again only when they change.
COPY package.json package-lock.json ./
COPY scripts/steps.mjs scripts/prisma-schema.mjs scripts/
RUN node --eval "import('./scripts/steps.mjs').then(({ install }) => install())"
COPY . .
RUN node scripts/start.mjs --build-only && node scripts/runtime-files.mjs /runtime

FROM node:22-slim
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 DATABASE_URL=file:/data/keybound.db
WORKDIR /app
COPY --from=build /runtime ./
RUN mkdir /data && chown 1000:1000 /data
# The user "node", by number, so that Kubernetes can see that it is not root.
USER 1000:1000
VOLUME /data
EXPOSE 3000
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s --retries=3 \
  CMD ["node", "--eval", "fetch('http://127.0.0.1:' + process.env.PORT + '/api/status').then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "--max-semi-space-size=32", "dist/server.js"]
