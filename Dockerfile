# Builds the jar and an image that serves it: docker build -t likeness .
FROM eclipse-temurin:25-jdk AS build
RUN apt-get update && apt-get install -y --no-install-recommends maven nodejs npm && rm -rf /var/lib/apt/lists/*
WORKDIR /build
COPY . .
RUN mvn -B -q -Pquick -Dmaven.test.skip=true -pl cli -am package

FROM eclipse-temurin:25-jre
RUN useradd --system --uid 10001 --home-dir /var/lib/likeness --create-home likeness
COPY --from=build /build/cli/target/likeness.jar /usr/share/likeness/likeness.jar
COPY LICENSE NOTICE /usr/share/likeness/
ENV LIKENESS_DATA=/var/lib/likeness LC_ALL=C.UTF-8
USER likeness
VOLUME /var/lib/likeness
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s \
  CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/8080 && printf 'GET /health/ready HTTP/1.0\\r\\n\\r\\n' >&3 && grep -q ' 200' <&3"]
ENTRYPOINT ["java", "--add-modules", "jdk.incubator.vector", "--enable-native-access=ALL-UNNAMED", \
  "--sun-misc-unsafe-memory-access=allow", "-jar", "/usr/share/likeness/likeness.jar"]
# Inside a container "this machine only" would be the container only.
CMD ["serve", "--host", "0.0.0.0", "--port", "8080"]
