# One image per service: docker build --build-arg SERVICE=ingest-api .
# All five share the build stage, which is built once.

FROM maven:3-eclipse-temurin-25 AS build
WORKDIR /src
COPY . .
RUN --mount=type=cache,target=/root/.m2 \
    mvn -B -ntp -Dmaven.test.skip=true -Dspotless.check.skip=true \
        -pl ingest-api,router-stream,email-worker,push-worker,inapp-worker,standalone -am package

FROM eclipse-temurin:25-jre AS unpack
ARG SERVICE
WORKDIR /unpack
COPY --from=build /src/${SERVICE}/target/*-exec.jar service.jar
RUN java -Djarmode=tools -jar service.jar extract --destination app

# Lets the service start once and keeps what its JVM learns, for the same JVM and the same files (JEP 514).
FROM eclipse-temurin:25-jre AS rehearse
RUN useradd --system --create-home carillon && install -d -o carillon /rehearsal
COPY --from=build /src/standalone/target/carillon-exec.jar /src/docker/rehearse.sh /rehearsal/
COPY --from=unpack /unpack/app /opt/carillon
USER carillon
RUN bash /rehearsal/rehearse.sh /rehearsal/carillon-exec.jar /opt/carillon/service.jar /rehearsal/service.aot \
    -XX:+UseCompactObjectHeaders --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow

FROM eclipse-temurin:25-jre
RUN useradd --system --uid 10001 --create-home carillon \
    && install -d -o carillon -g carillon /var/lib/carillon
COPY --from=unpack --chown=root:root /unpack/app /opt/carillon
COPY --from=rehearse --chown=root:root /rehearsal/service.aot /opt/carillon/service.aot
USER carillon
WORKDIR /var/lib/carillon
EXPOSE 8080
# Inside a container every address is the container's own; what is published is decided outside.
ENV SERVER_ADDRESS=0.0.0.0 SERVER_PORT=8080
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=6 CMD ["bash", "-c", \
    "exec 3<>/dev/tcp/127.0.0.1/$SERVER_PORT && printf 'GET /actuator/health/readiness HTTP/1.0\\r\\nHost: localhost\\r\\n\\r\\n' >&3 && grep -q ' 200 ' <&3"]
# Where JAVA_TOOL_OPTIONS choose a JVM that the cache does not suit, it starts without it, as silently.
ENTRYPOINT ["java", "-XX:AOTCache=/opt/carillon/service.aot", "-Xlog:aot*=off", "-XX:MaxRAMPercentage=70", "-XX:+UseCompactObjectHeaders", "-XX:+ExitOnOutOfMemoryError", \
    "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow", "-jar", "/opt/carillon/service.jar"]
