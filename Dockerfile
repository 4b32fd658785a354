# The command line in an image of its own: docker run --rm --network none --volume "$PWD:/workspace:ro" compose-networks
FROM node:24-alpine AS build
WORKDIR /build
COPY . .
RUN npm ci --no-audit --no-fund && npm pack --silent --pack-destination /build/packed ./packages/compose-networks

FROM node:24-alpine
RUN apk add --no-cache git && git config --system --add safe.directory '*'
COPY --from=build /build/packed /tmp/packed
RUN npm install --global --no-audit --no-fund /tmp/packed/*.tgz && rm -rf /tmp/packed && npm cache clean --force
USER node
WORKDIR /workspace
ENTRYPOINT ["compose-networks"]
