# The four services and the operators' commands:
# docker build --target command-service|query-service|pusher-service|program-service|operations .

# Only what Maven needs, and the poms apart from the sources: a change of code then finds the dependencies in a layer.
FROM maven:3.9.11-eclipse-temurin-25 AS sources
WORKDIR /sources
COPY . .
RUN rm -rf frontend nginx nats \
 && mkdir /poms \
 && cp --parents pom.xml */pom.xml .mvn/jvm.config /poms

FROM maven:3.9.11-eclipse-temurin-25 AS build
# Without the embedded Elasticsearch: it is for machines without Docker.
ARG MAVEN="mvn -B -ntp -Dmaven.test.skip -Dspotless.check.skip -Dmeower.embedded.skip=true -pl command-service,query-service,pusher-service,program-service,operations -am"
WORKDIR /build
COPY --from=sources /poms ./
RUN $MAVEN -q -Dspring-boot.repackage.skip package
COPY --from=sources /sources ./
RUN $MAVEN package \
 && for service in command query pusher program; do \
      java -Djarmode=tools -jar $service-service/target/$service-service-*-exec.jar \
        extract --layers --application-filename service.jar --destination /layers/$service || exit 1; \
    done

FROM eclipse-temurin:25.0.1_8-jre AS runtime
RUN mkdir /meower
WORKDIR /meower
ENV SERVER_ADDRESS=0.0.0.0 \
    MANAGEMENT_SERVER_ADDRESS=0.0.0.0
# The image has neither curl nor wget; a JVM as the probe would cost more than the service at rest.
HEALTHCHECK --interval=5s --timeout=4s --start-period=120s --retries=3 CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/$SERVER_PORT && printf 'GET /readyz HTTP/1.0\\r\\nHost: localhost\\r\\n\\r\\n' >&3 && read -r -t 3 _ status _ <&3 && [ \"$status\" = 200 ]"]
# A rehearsed start takes half as long, also after a crash. The cache fits this Java, these jars and this layout of objects only.
RUN echo 'exec java -Xlog:disable -Xlog:all=error:stderr -XX:+UseCompactObjectHeaders -XX:AOTCacheOutput=service.aot -Dspring.context.exit=onRefresh -jar service.jar' > rehearse
# Out of memory ends the process, for Docker to start it again, instead of leaving it half alive.
ENTRYPOINT ["java", "-XX:+UseCompactObjectHeaders", "-XX:AOTCache=service.aot", "-XX:MaxRAMPercentage=50", "-XX:+ExitOnOutOfMemoryError", "-jar", "service.jar"]

FROM runtime AS command-service
ENV SERVER_PORT=8081 MANAGEMENT_SERVER_PORT=9081
EXPOSE 8081
COPY --from=build /layers/command/dependencies/ ./
COPY --from=build /layers/command/spring-boot-loader/ ./
COPY --from=build /layers/command/snapshot-dependencies/ ./
COPY --from=build /layers/command/application/ ./
RUN sh rehearse && install -d -o 10001 -g 10001 -m 700 /keys
USER 10001:10001

FROM runtime AS query-service
ENV SERVER_PORT=8082 MANAGEMENT_SERVER_PORT=9082
EXPOSE 8082
COPY --from=build /layers/query/dependencies/ ./
COPY --from=build /layers/query/spring-boot-loader/ ./
COPY --from=build /layers/query/snapshot-dependencies/ ./
COPY --from=build /layers/query/application/ ./
RUN sh rehearse
USER 10001:10001

FROM runtime AS pusher-service
ENV SERVER_PORT=8083 MANAGEMENT_SERVER_PORT=9083
EXPOSE 8083
COPY --from=build /layers/pusher/dependencies/ ./
COPY --from=build /layers/pusher/spring-boot-loader/ ./
COPY --from=build /layers/pusher/snapshot-dependencies/ ./
COPY --from=build /layers/pusher/application/ ./
RUN sh rehearse
USER 10001:10001

FROM runtime AS program-service
ENV SERVER_PORT=8084 MANAGEMENT_SERVER_PORT=9084
EXPOSE 8084
COPY --from=build /layers/program/dependencies/ ./
COPY --from=build /layers/program/spring-boot-loader/ ./
COPY --from=build /layers/program/snapshot-dependencies/ ./
COPY --from=build /layers/program/application/ ./
RUN sh rehearse && install -d -o 10001 -g 10001 -m 700 /keys
USER 10001:10001

# Ends with its command; who wants to know how it went looks at the exit status.
FROM eclipse-temurin:25.0.1_8-jre AS operations
WORKDIR /meower
COPY --from=build /build/operations/target/lib/ lib/
COPY --from=build /build/operations/target/classes/ classes/
USER 10001:10001
ENTRYPOINT ["java", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:MaxRAMPercentage=75", "-cp", "classes:lib/*", "meower.operations.Operations"]
