# One image per service: docker build --build-arg SERVICE=ingest-api .
# All five share the build stage, which is built once.

FROM maven:3-eclipse-temurin-25 AS build
WORKDIR /src
COPY . .
RUN --mount=type=cache,target=/root/.m2 \
    mvn -B -ntp -Dmaven.test.skip=true -Dspotless.check.skip=true \
        -pl ingest-api,router-stream,email-worker,push-worker,inapp-worker -am package

FROM eclipse-temurin:25-jre AS unpack
ARG SERVICE
WORKDIR /unpack
COPY --from=build /src/${SERVICE}/target/*-exec.jar service.jar
RUN java -Djarmode=tools -jar service.jar extract --destination app

FROM eclipse-temurin:25-jre
RUN useradd --system --uid 10001 --create-home carillon \
    && install -d -o carillon -g carillon /var/lib/carillon
COPY --from=unpack --chown=root:root /unpack/app /opt/carillon
USER carillon
WORKDIR /var/lib/carillon
EXPOSE 8080
# Inside a container every address is the container's own; what is published is decided outside.
ENV SERVER_ADDRESS=0.0.0.0 SERVER_PORT=8080
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=6 CMD ["bash", "-c", \
    "exec 3<>/dev/tcp/127.0.0.1/$SERVER_PORT && printf 'GET /actuator/health/readiness HTTP/1.0\\r\\nHost: localhost\\r\\n\\r\\n' >&3 && grep -q ' 200 ' <&3"]
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=70", "-XX:+UseCompactObjectHeaders", "-XX:+ExitOnOutOfMemoryError", \
    "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow", "-jar", "/opt/carillon/service.jar"]
