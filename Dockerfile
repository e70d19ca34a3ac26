# The AWS CLI comes from its own image; nothing is downloaded in this build but npm packages and Debian packages.
FROM public.ecr.aws/aws-cli/aws-cli:2.36.12 AS cli

FROM docker.io/library/node:24-trixie-slim AS build
WORKDIR /build
COPY package.json package-lock.json tsconfig.json ./
RUN npm ci --ignore-scripts
COPY src src
COPY grammar grammar
COPY security security
RUN npm run build && npm prune --omit=dev --ignore-scripts

FROM docker.io/library/node:24-trixie-slim
RUN apt-get update \
    && apt-get install -y --no-install-recommends jq gawk bsdextrautils xxd binutils diffutils groff-base ca-certificates \
    && rm -rf /var/lib/apt/lists/* /usr/local/lib/node_modules /opt/yarn* \
    && useradd --uid 10001 --create-home --shell /usr/sbin/nologin awspipe
COPY --from=cli /usr/local/aws-cli /usr/local/aws-cli
COPY --from=build /build/package.json /app/package.json
COPY --from=build /build/node_modules /app/node_modules
COPY --from=build /build/dist /app/dist
ENV AWS_MCP_AWS_CLI=/usr/local/aws-cli/v2/current/bin/aws
USER 10001
ENTRYPOINT ["node", "/app/dist/cli.js"]
CMD ["serve"]
