import { defineRule } from '../core/lint/rule';
import type { ContextFacts } from '../core/lint/facts';

/**
 * Spring Boot 3.3 brought the mode `tools`, and 4.1 took away `layertools`, which it replaces: the program starts instead of
 * extracting its layers, or the step fails. The new one puts the layers side by side only with `--layers`, and the program
 * below them is a jar: `java -jar app.jar` instead of `JarLauncher`.
 *
 * ```dockerfile bad
 * FROM eclipse-temurin:21-jre-noble AS build
 * WORKDIR /src
 * COPY target/app.jar ./
 * RUN java «-Djarmode=layertools» -jar app.jar extract
 * ```
 * > Spring Boot 4.1 has no layertools any more: its tools extract --layers does that since 3.3
 * Where the build file shows the version, the rule knows more:
 * ```dockerfile bad files="pom.xml src/" texts="pom.xml: <artifactId>spring-boot-starter-parent</artifactId> <version>4.1.0</version>" severity="error"
 * FROM eclipse-temurin:21-jre-noble AS build
 * RUN java «-Djarmode=layertools» -jar app.jar extract
 * ```
 * > Spring Boot 4.1 has no layertools any more: its tools extract --layers does that since 3.3
 * ```dockerfile good files="build.gradle src/" texts="build.gradle: id 'org.springframework.boot' version '3.2.5'"
 * FROM eclipse-temurin:21-jre-noble AS build
 * RUN java -Djarmode=layertools -jar app.jar extract
 * ```
 * ```dockerfile good
 * FROM eclipse-temurin:21-jre-noble AS build
 * RUN java -Djarmode=tools -jar app.jar extract --layers
 * ```
 */
export default defineRule({
  id: 'layertools-gone',
  summary: 'A step extracts layers in a mode that Spring Boot no longer has',
  category: 'build',
  severity: 'info',
  fix: 'none',
  since: 'next',
  alsoKnownAs: [],
  mentions: ['layertools'],

  *check({ model, facts: { context } }) {
    for (const command of model.commandsNamed('java')) {
      const mode = command.args.find(({ value }) => value === '-Djarmode=layertools');
      const version = mode && springBootOf(context);
      // Those before 3.3 have nothing else.
      if (!mode || (version !== undefined && version < 303)) continue;
      yield {
        at: mode.span,
        message: 'Spring Boot 4.1 has no layertools any more: its tools extract --layers does that since 3.3',
        severity: version !== undefined && version >= 401 ? 'error' : undefined,
      };
    }
  },
});

/** The version of Spring Boot that a build file names, as a number: 303 for 3.3. */
function springBootOf(context: ContextFacts | undefined): number | undefined {
  for (const [name, pattern] of buildFiles) {
    const [, major, minor] = pattern.exec(context?.textOf?.(name) ?? '') ?? [];
    if (major !== undefined) return Number(major) * 100 + Number(minor);
  }
  return undefined;
}

const gradle = /org\.springframework\.boot["')\s]+version\s*\(?["'](\d+)\.(\d+)/;

const buildFiles: readonly (readonly [name: string, pattern: RegExp])[] = [
  ['pom.xml', /<artifactId>spring-boot-starter-parent<\/artifactId>\s*<version>(\d+)\.(\d+)/],
  ['build.gradle', gradle],
  ['build.gradle.kts', gradle],
];
