FROM maven:3.9-eclipse-temurin-21 as Build
WORKDIR /build
COPY . .
RUN mvn -q package

FROM eclipse-temurin:latest
COPY --from=Build /build/target/app.jar /app.jar
ENTRYPOINT java -jar /app.jar
CMD ["--server.port=8080"]
