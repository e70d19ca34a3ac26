# syntax=docker/dockerfile:1
# The image is put together from nothing: Debian's programs that a grammar allows and the libraries they load, Node, the AWS
# CLI, the server. What is not copied is not there: no shell, no package manager, no compiler, no setuid program.
#
#   docker build -t awspipe .          podman build --format docker -t awspipe .
#
# A release says VERSION, REVISION and CREATED; SOURCE_DATE_EPOCH is the time of all files.
ARG NODE_IMAGE=docker.io/library/node:24-trixie-slim
ARG AWS_CLI_IMAGE=public.ecr.aws/aws-cli/aws-cli:2.36.12

FROM ${AWS_CLI_IMAGE} AS aws-cli

FROM ${NODE_IMAGE} AS system
RUN apt-get update \
    && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends binutils bsdextrautils bubblewrap \
        ca-certificates diffutils gawk groff-base jq tini tzdata xxd
ARG SOURCE_DATE_EPOCH=0
COPY --from=aws-cli /usr/local/aws-cli /usr/local/aws-cli
# Completion in a shell: a second program and its index.
RUN cd /usr/local/aws-cli/v2/current && rm -f bin/aws_completer dist/aws_completer dist/awscli/data/ac.index
COPY deploy/image/collect-system /collect-system
COPY grammar/utilities /grammars
RUN /collect-system /grammars /system

# The same for every processor.
FROM --platform=${BUILDPLATFORM} ${NODE_IMAGE} AS server
WORKDIR /app
ENV NPM_CONFIG_AUDIT=false NPM_CONFIG_FUND=false NPM_CONFIG_IGNORE_SCRIPTS=true NPM_CONFIG_UPDATE_NOTIFIER=false
COPY package.json package-lock.json tsconfig.json LICENSE ./
RUN npm ci
COPY src src
COPY grammar grammar
COPY security security
ARG SOURCE_DATE_EPOCH=0
ARG VERSION
# Whoever does not say which version this is has not built a release. Only what runs stays: no types, no maps, no sources, no
# programs of packages.
RUN AWSPIPE_VERSION="${VERSION:-$(node -p 'require("./package.json").version.split(/[-+]/)[0]')-dev}" npm run build \
    && npm prune --omit=dev \
    && rm -rf dist/release node_modules/.bin node_modules/.package-lock.json \
    && find dist node_modules -type f \( -name '*.map' -o -name '*.ts' -o -name '*.mts' -o -name '*.cts' -o -name '*.sh' \
        -o -iname '*.md' ! -iname 'licen[cs]e*' \) -delete \
    && find dist node_modules -type d -empty -delete \
    && mkdir modules && mv node_modules modules/ \
    && mkdir own && mv dist package.json LICENSE own/ \
    && chmod -R a-x,a+rX,u+w,go-w modules own \
    && find modules own -exec touch --no-dereference --date="@$SOURCE_DATE_EPOCH" {} +

FROM scratch
# What changes least comes first.
COPY --from=system /system /
COPY --from=system /usr/local/bin/node /usr/local/bin/node
COPY --from=system /usr/local/aws-cli /usr/local/aws-cli
COPY --from=server /app/modules /app
COPY --from=server /app/own /app

ENV PATH=/usr/local/bin:/usr/bin \
    HOME=/home/awspipe \
    LANG=C.UTF-8 \
    AWS_MCP_AWS_CLI=/usr/local/aws-cli/v2/current/bin/aws \
    AWS_MCP_SANDBOX=required
USER 10001:10001
WORKDIR /home/awspipe
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=3s --start-period=15s --retries=3 \
    CMD ["/usr/local/bin/node", "/app/dist/cli.js", "health"]
# The first process has to reap what bubblewrap leaves behind, and to take a signal that nobody handles yet; Node does neither.
ENTRYPOINT ["/usr/bin/tini", "-s", "--", "/usr/local/bin/node", "/app/dist/cli.js"]
CMD ["serve"]

ARG VERSION=unknown
ARG REVISION=unknown
ARG CREATED=1970-01-01T00:00:00Z
LABEL org.opencontainers.image.title="awspipe" \
      org.opencontainers.image.description="An MCP server that runs AWS CLI commands with Unix pipes and never starts a shell" \
      org.opencontainers.image.source="https://github.com/awspipe/awspipe" \
      org.opencontainers.image.url="https://github.com/awspipe/awspipe" \
      org.opencontainers.image.licenses="MIT" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}" \
      org.opencontainers.image.created="${CREATED}" \
      io.modelcontextprotocol.server.name="io.github.awspipe/awspipe"
