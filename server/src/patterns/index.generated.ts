// Made by `npm run generate` from the files in snippets/patterns.
import type { Pattern } from './pattern';

export const patterns: readonly Pattern[] = [
  {
    id: 'ko',
    title: 'ko for Go programs',
    summary:
      'images of Go programs without a Dockerfile and without Docker, several platforms and an SBOM included',
    as: 'files',
    group: 'builders',
    suits: ['go', '!go.cgo'],
    rank: 10,
    advice: {
      take: 'Take it for Go without cgo: one command compiles, makes the layers and pushes, with an SBOM, on any machine with Go.',
      not: 'Not where the image needs packages of the system, generated files from another step, or a program in another language.',
      costs:
        'It costs the choice of layers: there is the base, the program and the folder `kodata`, and nothing runs at build time.',
    },
    parameters: [
      { name: 'app', ask: 'program', is: 'name', default: 'app', proposals: [], from: 'go.program' },
      {
        name: 'package',
        ask: 'package of the main function',
        is: 'path',
        default: './cmd/«app»',
        proposals: [],
        from: 'go.package',
      },
      {
        name: 'image',
        ask: 'image with its registry',
        is: 'image',
        default: 'registry.example.com/app',
        proposals: [],
        from: 'image',
      },
    ],
    files: [
      {
        path: '.ko.yaml',
        text: '# KO_DOCKER_REPO=«image» ko build --bare --tags 1.4.0 «package»\n# Without a push, into Docker: ko build --local «package»\n\n# Pin it by digest. Without this line it is cgr.dev/chainguard/static.\ndefaultBaseImage: gcr.io/distroless/static-debian13:nonroot\n\n# Without this, only the platform of the machine that builds.\ndefaultPlatforms:\n  - linux/amd64\n  - linux/arm64\n\nbuilds:\n  - id: «app»\n    dir: .\n    # Must be the package that is named in the command, or this part is ignored.\n    main: «package»\n    env:\n      - CGO_ENABLED=0\n    flags:\n      - -trimpath\n    ldflags:\n      - -s\n      - -w\n',
      },
    ],
    allows: {},
  },
  {
    id: 'jib-maven',
    title: 'jib with Maven',
    summary: 'images of Java programs by a plugin of Maven, without a Dockerfile and without Docker',
    as: 'files',
    group: 'builders',
    suits: ['java.manager=maven'],
    rank: 12,
    advice: {
      take: 'Take it for a Java service: dependencies, resources and classes become layers of their own, so a change of code pushes little, and the same sources give the same image.',
      not: 'Not where the image needs packages of the system or a program that is started before Java.',
      costs:
        'It costs the view of a Dockerfile: what the image is stands in the POM. Dates say 1970 on purpose.',
    },
    parameters: [
      {
        name: 'image',
        ask: 'image with its registry',
        is: 'image',
        default: 'registry.example.com/app',
        proposals: [],
        from: 'image',
      },
      {
        name: 'java',
        ask: 'Java version',
        is: 'version',
        default: '21',
        proposals: ['21', '25', '17'],
        known: ['21', '25', '17'],
        from: 'java.version',
      },
      {
        name: 'jib',
        ask: 'jib version',
        is: 'version',
        default: '3.5.1',
        proposals: ['3.5.1'],
        known: ['3.5.1'],
      },
      {
        name: 'port',
        ask: 'port',
        is: 'number',
        default: '8080',
        proposals: [],
        from: 'port',
        required: true,
      },
    ],
    files: [
      {
        path: 'jib-plugin.xml',
        text: '<!--\n  Belongs into pom.xml, below build and plugins.\n  Build and push:  mvn package jib:build\n  Into Docker:     mvn package jib:dockerBuild\n-->\n<plugin>\n  <groupId>com.google.cloud.tools</groupId>\n  <artifactId>jib-maven-plugin</artifactId>\n  <version>«jib»</version>\n  <configuration>\n    <from>\n      <!-- Pin it by digest. The default of jib is Temurin, which starts as root. -->\n      <image>gcr.io/distroless/java«java»-debian13:nonroot</image>\n      <platforms>\n        <platform>\n          <os>linux</os>\n          <architecture>amd64</architecture>\n        </platform>\n        <platform>\n          <os>linux</os>\n          <architecture>arm64</architecture>\n        </platform>\n      </platforms>\n    </from>\n    <to>\n      <!-- With a tag: without one, jib pushes latest. -->\n      <image>«image»:${project.version}</image>\n    </to>\n    <container>\n      <user>65532:65532</user>\n      <ports>\n        <port>«port»</port>\n      </ports>\n      <jvmFlags>\n        <jvmFlag>-XX:MaxRAMPercentage=75</jvmFlag>\n      </jvmFlags>\n      <labels>\n        <org.opencontainers.image.version>${project.version}</org.opencontainers.image.version>\n      </labels>\n    </container>\n  </configuration>\n</plugin>\n',
      },
    ],
    allows: {},
  },
  {
    id: 'jib-gradle',
    title: 'jib with Gradle',
    summary:
      'images of Java and Kotlin programs by a plugin of Gradle, without a Dockerfile and without Docker',
    as: 'files',
    group: 'builders',
    suits: ['java.manager=gradle'],
    rank: 13,
    advice: {
      take: 'Take it for a service on the JVM: dependencies, resources and classes become layers of their own, so a change of code pushes little, and the same sources give the same image.',
      not: 'Not where the image needs packages of the system or a program that is started before Java.',
      costs:
        'It costs the configuration cache of Gradle for the tasks of jib, and the view of a Dockerfile. Dates say 1970 on purpose.',
    },
    parameters: [
      {
        name: 'image',
        ask: 'image with its registry',
        is: 'image',
        default: 'registry.example.com/app',
        proposals: [],
        from: 'image',
      },
      {
        name: 'java',
        ask: 'Java version',
        is: 'version',
        default: '21',
        proposals: ['21', '25', '17'],
        known: ['21', '25', '17'],
        from: 'java.version',
      },
      {
        name: 'jib',
        ask: 'jib version',
        is: 'version',
        default: '3.5.1',
        proposals: ['3.5.1'],
        known: ['3.5.1'],
      },
      {
        name: 'port',
        ask: 'port',
        is: 'number',
        default: '8080',
        proposals: [],
        from: 'port',
        required: true,
      },
    ],
    files: [
      {
        path: 'gradle/jib.gradle',
        text: "// One line in build.gradle(.kts) reads this file:  apply(from = \"gradle/jib.gradle\")\n// (in Groovy: apply from: 'gradle/jib.gradle')\n// Build and push:  ./gradlew jib        Into Docker:  ./gradlew jibDockerBuild\nbuildscript {\n    repositories {\n        mavenCentral()\n    }\n    dependencies {\n        classpath 'com.google.cloud.tools:jib-gradle-plugin:«jib»'\n    }\n}\n\napply plugin: com.google.cloud.tools.jib.gradle.JibPlugin\n\njib {\n    from {\n        // Pin it by digest. The default of jib is Temurin, which starts as root.\n        image = 'gcr.io/distroless/java«java»-debian13:nonroot'\n        platforms {\n            platform {\n                os = 'linux'\n                architecture = 'amd64'\n            }\n            platform {\n                os = 'linux'\n                architecture = 'arm64'\n            }\n        }\n    }\n    to {\n        // With a tag: without one, jib pushes latest.\n        image = \"«image»:${project.version}\"\n    }\n    container {\n        user = '65532:65532'\n        ports = ['«port»']\n        jvmFlags = ['-XX:MaxRAMPercentage=75']\n        labels = ['org.opencontainers.image.version': \"${project.version}\".toString()]\n    }\n}\n",
      },
    ],
    allows: {},
  },
  {
    id: 'docker-bake',
    title: 'docker-bake',
    summary: 'one file for what gets built, with tags, platforms, labels, cache and attestations',
    as: 'files',
    group: 'builders',
    suits: [],
    rank: 20,
    advice: {
      take: 'Take it when the `docker buildx build` line has become long, or when several images are built together: people and CI then call `docker buildx bake`.',
      not: 'Not for one image without options: the Dockerfile alone says it all.',
      costs: 'It costs a second file that has to agree with the Dockerfile: targets and the names of ARG.',
    },
    parameters: [
      {
        name: 'image',
        ask: 'image with its registry',
        is: 'image',
        default: 'registry.example.com/app',
        proposals: [],
        from: 'image',
      },
    ],
    files: [
      {
        path: 'docker-bake.hcl',
        text: '# docker buildx bake            builds for this machine and loads it into Docker\n# VERSION=1.4.0 REVISION=$(git rev-parse HEAD) CREATED=$(date -u +%Y-%m-%dT%H:%M:%SZ) \\\n#   docker buildx bake release --push\n\nvariable "IMAGE" {\n  default = "«image»"\n}\n\nvariable "VERSION" {\n  default = "dev"\n}\n\nvariable "REVISION" {\n  default = ""\n}\n\nvariable "CREATED" {\n  default = ""\n}\n\nvariable "SOURCE" {\n  default = ""\n}\n\ngroup "default" {\n  targets = ["local"]\n}\n\ntarget "_image" {\n  context    = "."\n  dockerfile = "Dockerfile"\n  args = {\n    VERSION  = VERSION\n    REVISION = REVISION\n    CREATED  = CREATED\n    SOURCE   = SOURCE\n  }\n}\n\ntarget "local" {\n  inherits = ["_image"]\n  tags     = ["${IMAGE}:dev"]\n  output   = ["type=docker"]\n}\n\n# Needs a builder that can do several platforms: docker buildx create --name images --driver docker-container\ntarget "release" {\n  inherits  = ["_image"]\n  platforms = ["linux/amd64", "linux/arm64"]\n  pull      = true\n  # A release without a version, or a commit without its name, has no tag for it.\n  tags = compact([\n    VERSION != "dev" ? "${IMAGE}:${VERSION}" : "",\n    REVISION != "" ? "${IMAGE}:${REVISION}" : "",\n  ])\n  cache-from = ["type=registry,ref=${IMAGE}:buildcache"]\n  cache-to   = ["type=registry,ref=${IMAGE}:buildcache,mode=max,ignore-error=true"]\n  attest = [\n    "type=provenance,mode=max",\n    "type=sbom",\n  ]\n}\n',
      },
    ],
    allows: {},
  },
  {
    id: 'apko',
    title: 'apko',
    summary: 'an image of Wolfi packages alone, declared in YAML, the same bytes with the same lock file',
    as: 'files',
    group: 'builders',
    suits: [],
    rank: 30,
    advice: {
      take: 'Take it for a base of your own, below a Dockerfile or as it is: packages, a user and an entry point, nothing else, with an SBOM, quickly and without Docker.',
      not: 'Not where something has to run at build time: there is no RUN. Your own program has to be a package first, see melange.',
      costs:
        'It costs the ties to Wolfi, whose repository keeps only what is new: old versions vanish, so the lock file has to be renewed.',
    },
    parameters: [
      { name: 'package', ask: 'package of Wolfi', is: 'name', default: 'python-3.13', proposals: [] },
      { name: 'command', ask: 'program to start', is: 'path', default: '/usr/bin/python3.13', proposals: [] },
      {
        name: 'image',
        ask: 'image with its registry',
        is: 'image',
        default: 'registry.example.com/base',
        proposals: [],
        from: 'image',
      },
    ],
    files: [
      {
        path: 'apko.yaml',
        text: "# apko lock apko.yaml                                    once, and to renew: writes apko.lock.json\n# apko build --lockfile apko.lock.json apko.yaml «image»:dev image.tar\n# apko publish --lockfile apko.lock.json apko.yaml «image»:1.0.0\ncontents:\n  keyring:\n    - https://packages.wolfi.dev/os/wolfi-signing.rsa.pub\n  repositories:\n    - https://packages.wolfi.dev/os\n  packages:\n    - wolfi-baselayout\n    - ca-certificates-bundle\n    - tzdata\n    # With the version in its name: a name without one becomes another version tomorrow.\n    - «package»\n\naccounts:\n  groups:\n    - groupname: nonroot\n      gid: 65532\n  users:\n    - username: nonroot\n      uid: 65532\n      gid: 65532\n  run-as: '65532'\n\nentrypoint:\n  command: «command»\n\nenvironment:\n  PATH: /usr/local/bin:/usr/bin:/bin\n  SSL_CERT_FILE: /etc/ssl/certs/ca-certificates.crt\n\nwork-dir: /home/nonroot\n\narchs:\n  - x86_64\n  - aarch64\n",
      },
    ],
    allows: {},
  },
  {
    id: 'melange',
    title: 'melange and apko',
    summary: 'your Go program as a signed package, and an image that holds it, both declared in YAML',
    as: 'files',
    group: 'builders',
    suits: ['go', '!go.cgo'],
    rank: 31,
    advice: {
      take: 'Take it where apko makes the images and your own program belongs in: melange builds it as a signed package.',
      not: 'Not for a single program without more: a Dockerfile with two stages does that with one file and tools that everybody has.',
      costs:
        'It costs two tools, a key that has to be kept secret, and a builder that can start containers or virtual machines.',
    },
    parameters: [
      { name: 'app', ask: 'program', is: 'name', default: 'app', proposals: [], from: 'go.program' },
      {
        name: 'package',
        ask: 'package of the main function',
        is: 'path',
        default: './cmd/«app»',
        proposals: [],
        from: 'go.package',
      },
      {
        name: 'image',
        ask: 'image with its registry',
        is: 'image',
        default: 'registry.example.com/app',
        proposals: [],
        from: 'image',
      },
    ],
    files: [
      {
        path: 'melange.yaml',
        text: "# melange keygen                                    once: melange.rsa stays secret, melange.rsa.pub goes into Git\n# melange build melange.yaml --source-dir . --arch x86_64,aarch64 --signing-key melange.rsa\npackage:\n  name: «app»\n  version: 0.1.0\n  epoch: 0\n  description: «app»\n  copyright:\n    - license: NOASSERTION\n\nenvironment:\n  contents:\n    keyring:\n      - https://packages.wolfi.dev/os/wolfi-signing.rsa.pub\n    repositories:\n      - https://packages.wolfi.dev/os\n    packages:\n      - ca-certificates-bundle\n      - go\n  environment:\n    CGO_ENABLED: '0'\n\npipeline:\n  - uses: go/build\n    with:\n      packages: «package»\n      output: «app»\n      ldflags: -s\n",
      },
      {
        path: 'apko.yaml',
        text: "# apko lock apko.yaml\n# apko publish --lockfile apko.lock.json apko.yaml «image»:0.1.0\ncontents:\n  keyring:\n    - https://packages.wolfi.dev/os/wolfi-signing.rsa.pub\n    - melange.rsa.pub\n  repositories:\n    - https://packages.wolfi.dev/os\n    - '@local ./packages'\n  packages:\n    - wolfi-baselayout\n    - ca-certificates-bundle\n    - tzdata\n    - «app»@local\n\naccounts:\n  groups:\n    - groupname: nonroot\n      gid: 65532\n  users:\n    - username: nonroot\n      uid: 65532\n      gid: 65532\n  run-as: '65532'\n\nentrypoint:\n  command: /usr/bin/«app»\n\narchs:\n  - x86_64\n  - aarch64\n",
      },
    ],
    allows: {},
  },
  {
    id: 'buildpacks',
    title: 'Cloud Native Buildpacks',
    summary: 'an image from the sources alone, the builder knows the languages; settings in project.toml',
    as: 'files',
    group: 'builders',
    suits: [],
    rank: 40,
    advice: {
      take: 'Take it where many teams should build in the same way and nobody wants to write Dockerfiles: pack finds the language by its files, and bases can be exchanged later without a build (`pack rebase`).',
      not: 'Not where the size or the number of findings counts: the images hold a distribution and more than the program needs.',
      costs:
        'It costs control: what happens is decided by the builder, which has to be renewed and pinned like a base, and it needs Docker or Podman.',
    },
    parameters: [
      { name: 'app', ask: 'program', is: 'name', default: 'app', proposals: [], from: 'go.program' },
      { name: 'builder', ask: 'builder', is: 'image', default: 'heroku/builder:24', proposals: [] },
    ],
    files: [
      {
        path: 'project.toml',
        text: '# pack build registry.example.com/«app» --publish        without --publish: into Docker\n[_]\nschema-version = "0.2"\nid = "«app»"\nname = "«app»"\n\n[io.buildpacks]\nbuilder = "«builder»"\n# In the syntax of .gitignore: what is not needed to build stays out.\nexclude = [\n  ".git",\n  ".env*",\n  "node_modules",\n  "target",\n]\n\n[[io.buildpacks.build.env]]\nname = "TZ"\nvalue = "UTC"\n',
      },
    ],
    allows: {},
  },
  {
    id: 'dagger-go',
    title: 'Dagger in Go',
    summary: 'test, build and publish as functions in Go that run the same on every machine and in every CI',
    as: 'files',
    group: 'builders',
    suits: ['go', '!go.cgo'],
    rank: 50,
    advice: {
      take: 'Take it where CI is the pain: the pipeline is a program that runs on a laptop as in CI, with the cache of BuildKit, and has types.',
      not: 'Not for a single image: a Dockerfile is shorter, and its readers are more.',
      costs:
        'It costs an engine in a container that needs rights of root on the machine, and a tool that still changes: pin its version everywhere.',
    },
    parameters: [
      { name: 'app', ask: 'program', is: 'name', default: 'app', proposals: [], from: 'go.program' },
      {
        name: 'package',
        ask: 'package of the main function',
        is: 'path',
        default: './cmd/«app»',
        proposals: [],
        from: 'go.package',
      },
      {
        name: 'go',
        ask: 'Go version',
        is: 'version',
        default: '1.27',
        proposals: ['1.27', '1.26'],
        known: ['1.27', '1.26', '1.25', '1.24'],
        from: 'go.version',
      },
      {
        name: 'dagger',
        ask: 'Dagger version',
        is: 'version',
        default: '0.21.9',
        proposals: ['0.21.9'],
        known: ['0.21.9'],
      },
    ],
    files: [
      {
        path: 'dagger.json',
        text: '{\n  "name": "image",\n  "engineVersion": "v«dagger»",\n  "sdk": {\n    "source": "go"\n  },\n  "source": ".dagger"\n}\n',
      },
      {
        path: '.dagger/main.go',
        text: '// Tests, builds and publishes the image of «app».\n//\n// dagger develop       once, and after a new version: writes go.mod and the code below internal\n// dagger call test\n// dagger call build export --path image.tar\n// dagger call publish --address registry.example.com/«app»:1.0.0\npackage main\n\nimport (\n\t"context"\n\t"strings"\n\n\t"dagger/image/internal/dagger"\n)\n\ntype Image struct{}\n\n// The compiler with the sources, with its caches.\nfunc (m *Image) compiler(source *dagger.Directory) *dagger.Container {\n\treturn dag.Container().\n\t\tFrom("golang:«go»-trixie").\n\t\tWithMountedCache("/go/pkg/mod", dag.CacheVolume("go-mod")).\n\t\tWithMountedCache("/root/.cache/go-build", dag.CacheVolume("go-build")).\n\t\tWithEnvVariable("CGO_ENABLED", "0").\n\t\tWithMountedDirectory("/src", source).\n\t\tWithWorkdir("/src")\n}\n\n// Test runs the tests of all packages.\nfunc (m *Image) Test(\n\tctx context.Context,\n\t// +defaultPath="/"\n\t// +ignore=[".git", ".dagger", ".env*"]\n\tsource *dagger.Directory,\n) (string, error) {\n\treturn m.compiler(source).WithExec([]string{"go", "test", "./..."}).Stdout(ctx)\n}\n\n// Build makes the image for one platform.\nfunc (m *Image) Build(\n\t// +defaultPath="/"\n\t// +ignore=[".git", ".dagger", ".env*"]\n\tsource *dagger.Directory,\n\t// +default="linux/amd64"\n\tplatform dagger.Platform,\n) *dagger.Container {\n\tsystem, processor, _ := strings.Cut(string(platform), "/")\n\tbinary := m.compiler(source).\n\t\tWithEnvVariable("GOOS", system).\n\t\tWithEnvVariable("GOARCH", processor).\n\t\tWithExec([]string{"go", "build", "-trimpath", "-ldflags=-s -w", "-o", "/out/«app»", "«package»"}).\n\t\tFile("/out/«app»")\n\treturn dag.Container(dagger.ContainerOpts{Platform: platform}).\n\t\tFrom("gcr.io/distroless/static-debian13:nonroot").\n\t\tWithFile("/«app»", binary, dagger.ContainerWithFileOpts{Permissions: 0o555}).\n\t\tWithUser("65532:65532").\n\t\tWithEntrypoint([]string{"/«app»"})\n}\n\n// Publish tests, builds for two platforms and pushes them under one name.\nfunc (m *Image) Publish(\n\tctx context.Context,\n\t// +defaultPath="/"\n\t// +ignore=[".git", ".dagger", ".env*"]\n\tsource *dagger.Directory,\n\t// Image with its registry and tag\n\taddress string,\n) (string, error) {\n\tif _, err := m.Test(ctx, source); err != nil {\n\t\treturn "", err\n\t}\n\treturn dag.Container().Publish(ctx, address, dagger.ContainerPublishOpts{\n\t\tPlatformVariants: []*dagger.Container{\n\t\t\tm.Build(source, "linux/amd64"),\n\t\t\tm.Build(source, "linux/arm64"),\n\t\t},\n\t})\n}\n',
      },
    ],
    allows: {},
  },
  {
    id: 'dagger-typescript',
    title: 'Dagger in TypeScript',
    summary: 'build and publish a Node.js service as functions in TypeScript, the same on a laptop and in CI',
    as: 'files',
    group: 'builders',
    suits: ['node', 'node.manager=npm'],
    rank: 51,
    advice: {
      take: 'Take it where CI is the pain and the team writes TypeScript: the pipeline is a program that runs on a laptop as in CI.',
      not: 'Not for a single image: a Dockerfile is shorter, and its readers are more. Not without a script `build` in package.json.',
      costs:
        'It costs an engine in a container that needs rights of root on the machine, and a tool that still changes: pin its version everywhere.',
    },
    parameters: [
      { name: 'app', ask: 'image', is: 'name', default: 'app', proposals: [], from: 'node.app' },
      {
        name: 'node',
        ask: 'Node.js version',
        is: 'version',
        default: '24',
        proposals: ['24', '22', '26'],
        known: ['24', '22', '26'],
        from: 'node.version',
      },
      {
        name: 'output',
        ask: 'folder that the build writes',
        is: 'path',
        default: 'dist',
        proposals: [],
        from: 'node.output',
      },
      {
        name: 'main',
        ask: 'file to start',
        is: 'path',
        default: '«output»/index.js',
        proposals: [],
        from: 'node.main',
      },
      {
        name: 'dagger',
        ask: 'Dagger version',
        is: 'version',
        default: '0.21.9',
        proposals: ['0.21.9'],
        known: ['0.21.9'],
      },
    ],
    files: [
      {
        path: 'dagger.json',
        text: '{\n  "name": "image",\n  "engineVersion": "v«dagger»",\n  "sdk": {\n    "source": "typescript"\n  },\n  "source": ".dagger"\n}\n',
      },
      { path: '.dagger/package.json', text: '{\n  "type": "module",\n  "private": true\n}\n' },
      {
        path: '.dagger/src/index.ts',
        text: "// dagger develop       once, and after a new version: writes the code below sdk\n// dagger call build export --path image.tar\n// dagger call publish --address registry.example.com/«app»:1.0.0\nimport { argument, Container, dag, Directory, func, object, Platform } from '@dagger.io/dagger';\n\nconst ignored = ['.git', '.dagger', '.env*', 'node_modules', '«output»'];\n\n@object()\nexport class Image {\n  /** Packages as in package-lock.json. */\n  private packages(source: Directory, platform: Platform, options: string[]): Container {\n    return dag\n      .container({ platform })\n      .from('node:«node»-trixie-slim')\n      .withMountedCache('/root/.npm', dag.cacheVolume('npm'))\n      .withWorkdir('/app')\n      .withFile('package.json', source.file('package.json'))\n      .withFile('package-lock.json', source.file('package-lock.json'))\n      .withExec(['npm', 'ci', ...options]);\n  }\n\n  /** The image for one platform. */\n  @func()\n  build(\n    @argument({ defaultPath: '/', ignore: ignored }) source: Directory,\n    platform: Platform = 'linux/amd64' as Platform,\n  ): Container {\n    const built = this.packages(source, platform, [])\n      .withDirectory('.', source)\n      .withExec(['npm', 'run', 'build'])\n      .directory('«output»');\n    // Compiled modules belong to a platform: they are installed on that of the image.\n    const modules = this.packages(source, platform, ['--omit=dev'])\n      // So that the folder is there even without packages.\n      .withExec(['mkdir', '-p', 'node_modules'])\n      .directory('node_modules');\n    return dag\n      .container({ platform })\n      .from('gcr.io/distroless/nodejs«node»-debian13:nonroot')\n      .withWorkdir('/app')\n      .withFile('package.json', source.file('package.json'))\n      .withDirectory('node_modules', modules)\n      .withDirectory('«output»', built)\n      .withEnvVariable('NODE_ENV', 'production')\n      .withUser('65532:65532')\n      .withEntrypoint(['/nodejs/bin/node', '«main»']);\n  }\n\n  /** Builds for two platforms and pushes them under one name. */\n  @func()\n  async publish(\n    @argument({ defaultPath: '/', ignore: ignored }) source: Directory,\n    address: string,\n  ): Promise<string> {\n    const platformVariants = ['linux/amd64', 'linux/arm64'].map((platform) =>\n      this.build(source, platform as Platform),\n    );\n    return await dag.container().publish(address, { platformVariants });\n  }\n}\n",
      },
    ],
    allows: {},
  },
  {
    id: 'bazel-oci',
    title: 'Bazel with rules_oci',
    summary: 'Go program and image by Bazel: the same bytes everywhere, only what changed is built; a beast',
    as: 'files',
    group: 'builders',
    suits: ['go', '!go.cgo'],
    rank: 60,
    advice: {
      take: 'Take it where Bazel builds the rest already: images then have the same cache, and the same inputs give the same digest on every machine.',
      not: "Not for Bazel's sake: it is a beast, and a Dockerfile of twenty lines does the same for one program. `rules_oci` calls itself unfunded and in maintenance; with remote execution, look at `rules_img`.",
      costs:
        'It costs people who know Bazel: rules, toolchains and the rules of each language change under you.',
    },
    parameters: [
      { name: 'app', ask: 'program', is: 'name', default: 'app', proposals: [], from: 'go.program' },
      { name: 'folder', ask: 'folder of the main function', is: 'path', default: 'cmd/«app»', proposals: [] },
      {
        name: 'image',
        ask: 'image with its registry',
        is: 'image',
        default: 'registry.example.com/app',
        proposals: [],
        from: 'image',
      },
    ],
    files: [
      {
        path: 'MODULE.bazel',
        text: 'module(name = "images")\n\nbazel_dep(name = "rules_go", version = "0.62.0")\nbazel_dep(name = "gazelle", version = "0.53.0")\nbazel_dep(name = "rules_oci", version = "2.3.2")\nbazel_dep(name = "rules_pkg", version = "1.3.0")\n\ngo_deps = use_extension("@gazelle//:extensions.bzl", "go_deps")\ngo_deps.from_file(go_mod = "//:go.mod")\n# "bazel mod tidy" adds use_repo for what go.mod requires.\n\noci = use_extension("@rules_oci//oci:extensions.bzl", "oci")\noci.pull(\n    name = "distroless_static",\n    image = "gcr.io/distroless/static-debian13",\n    platforms = [\n        "linux/amd64",\n        "linux/arm64/v8",\n    ],\n    # The first build prints the digest: put digest = "sha256:…" here instead of the tag.\n    tag = "nonroot",\n)\nuse_repo(\n    oci,\n    "distroless_static",\n    "distroless_static_linux_amd64",\n    "distroless_static_linux_arm64_v8",\n)\n',
      },
      {
        path: 'BUILD.bazel',
        text: 'load("@gazelle//:def.bzl", "gazelle")\n\n# bazel run //:gazelle    writes the BUILD files of the Go packages, and go_binary in «folder»\ngazelle(name = "gazelle")\n',
      },
      {
        path: 'image/BUILD.bazel',
        text: 'load("@rules_go//go:def.bzl", "go_cross_binary")\nload("@rules_oci//oci:defs.bzl", "oci_image", "oci_image_index", "oci_load", "oci_push")\nload("@rules_pkg//pkg:tar.bzl", "pkg_tar")\n\n# bazel run //image:load                             into Docker\n# bazel run //image:push -- --tag 1.4.0              to the registry\n\nBASES = {\n    "amd64": "@distroless_static_linux_amd64",\n    "arm64": "@distroless_static_linux_arm64_v8",\n}\n\n[\n    go_cross_binary(\n        name = "binary_" + arch,\n        # This platform has no cgo, so the program is static.\n        platform = "@rules_go//go/toolchain:linux_" + arch,\n        target = "//«folder»:«app»",\n    )\n    for arch in BASES\n]\n\n[\n    pkg_tar(\n        name = "layer_" + arch,\n        # The output has the name of the rule: here it gets its place in the image.\n        files = {":binary_" + arch: "/«app»"},\n        mode = "0555",\n    )\n    for arch in BASES\n]\n\n[\n    oci_image(\n        name = "image_" + arch,\n        base = base,\n        entrypoint = ["/«app»"],\n        tars = [":layer_" + arch],\n        user = "65532:65532",\n    )\n    for arch, base in BASES.items()\n]\n\noci_image_index(\n    name = "index",\n    images = [":image_" + arch for arch in BASES],\n)\n\noci_load(\n    name = "load",\n    image = ":image_amd64",\n    repo_tags = ["«app»:dev"],\n)\n\noci_push(\n    name = "push",\n    image = ":index",\n    repository = "«image»",\n)\n',
      },
    ],
    allows: {},
  },
  {
    id: 'bazel-apko',
    title: 'Bazel with rules_apko',
    summary: 'a base of Wolfi packages from a lock file, built by Bazel, for images of rules_oci',
    as: 'files',
    group: 'builders',
    suits: [],
    rank: 61,
    advice: {
      take: 'Take it where Bazel makes the images and no ready base fits: packages come from the lock file into the cache of Bazel, without a registry.',
      not: 'Not without Bazel: apko alone does the same with one file.',
      costs:
        'It costs a lock file that has to be renewed, as Wolfi keeps only what is new, and all that Bazel costs.',
    },
    parameters: [
      { name: 'package', ask: 'package of Wolfi', is: 'name', default: 'python-3.13', proposals: [] },
      { name: 'command', ask: 'program to start', is: 'path', default: '/usr/bin/python3.13', proposals: [] },
    ],
    files: [
      {
        path: 'MODULE.bazel',
        text: 'module(name = "base")\n\nbazel_dep(name = "rules_apko", version = "1.5.55")\nbazel_dep(name = "rules_oci", version = "2.3.2")\nbazel_dep(name = "platforms", version = "1.0.0")\n\n# The lock file has to be there first: apko lock base/apko.yaml --output base/apko.lock.json\napk = use_extension("@rules_apko//apko:extensions.bzl", "apko")\napk.translate_lock(\n    name = "base_lock",\n    lock = "//base:apko.lock.json",\n)\nuse_repo(apk, "base_lock")\n',
      },
      {
        path: 'base/BUILD.bazel',
        text: 'load("@rules_apko//apko:defs.bzl", "apko_image")\nload("@rules_oci//oci:defs.bzl", "oci_image", "oci_load")\n\n# bazel run //base:base.lock    renews the lock file\n# bazel run //base:load         into Docker\napko_image(\n    name = "base",\n    architecture = select({\n        "@platforms//cpu:arm64": "arm64",\n        "@platforms//cpu:x86_64": "amd64",\n    }),\n    config = "apko.yaml",\n    contents = "@base_lock//:contents",\n    tag = "base:dev",\n    visibility = ["//visibility:public"],\n)\n\n# Here your own layers come on top: tars = [...].\noci_image(\n    name = "image",\n    base = ":base",\n)\n\noci_load(\n    name = "load",\n    image = ":image",\n    repo_tags = ["base:dev"],\n)\n',
      },
      {
        path: 'base/apko.yaml',
        text: "contents:\n  keyring:\n    - https://packages.wolfi.dev/os/wolfi-signing.rsa.pub\n  repositories:\n    - https://packages.wolfi.dev/os\n  packages:\n    - wolfi-baselayout\n    - ca-certificates-bundle\n    - tzdata\n    - «package»\n\naccounts:\n  groups:\n    - groupname: nonroot\n      gid: 65532\n  users:\n    - username: nonroot\n      uid: 65532\n      gid: 65532\n  run-as: '65532'\n\nentrypoint:\n  command: «command»\n\narchs:\n  - x86_64\n  - aarch64\n",
      },
    ],
    allows: {},
  },
  {
    id: 'nix-flake',
    title: 'Nix flake for a Go image',
    summary: 'program and image from one flake with a lock file, the same for everybody',
    as: 'files',
    group: 'builders',
    suits: ['go', '!go.cgo'],
    rank: 70,
    advice: {
      take: 'Take it where the team uses Nix: `flake.lock` pins the compiler and every library, and no Docker is needed to build.',
      not: 'Not for the image alone: Nix has to be learned, and a Dockerfile with pinned bases comes close.',
      costs:
        'It costs a hash that changes with the dependencies: the build says the new one, and somebody writes it down.',
    },
    parameters: [
      { name: 'app', ask: 'program', is: 'name', default: 'app', proposals: [], from: 'go.program' },
      {
        name: 'package',
        ask: 'package of the main function',
        is: 'path',
        default: './cmd/«app»',
        proposals: [],
        from: 'go.package',
      },
    ],
    files: [
      {
        path: 'flake.nix',
        text: '# nix build .#image && ./result | docker load\n{\n  description = "«app» and its image";\n\n  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-26.05";\n\n  outputs =\n    { self, nixpkgs }:\n    let\n      forAll =\n        make:\n        nixpkgs.lib.genAttrs [ "x86_64-linux" "aarch64-linux" ] (\n          system: make nixpkgs.legacyPackages.${system}\n        );\n      version = self.shortRev or "dirty";\n    in\n    {\n      packages = forAll (pkgs: rec {\n        default = pkgs.buildGoModule {\n          pname = "«app»";\n          inherit version;\n          src = self;\n          subPackages = [ "«package»" ];\n          # The first build fails and says the right hash. Without dependencies, or with a folder vendor: null.\n          vendorHash = pkgs.lib.fakeHash;\n          env.CGO_ENABLED = 0;\n          ldflags = [\n            "-s"\n            "-w"\n          ];\n        };\n\n        # Writes the image to its standard output: nothing large stays in the store.\n        image = pkgs.dockerTools.streamLayeredImage {\n          name = "«app»";\n          tag = version;\n          contents = [ pkgs.dockerTools.caCertificates ];\n          config = {\n            Entrypoint = [ "${default}/bin/«app»" ];\n            User = "65532:65532";\n            Env = [ "ZONEINFO=${pkgs.tzdata}/share/zoneinfo" ];\n          };\n        };\n      });\n    };\n}\n',
      },
    ],
    allows: {},
  },
  {
    id: 'nix-docker-tools',
    title: 'Nix dockerTools',
    summary: 'an image of a package of nixpkgs in layers, without Docker, root or a virtual machine',
    as: 'files',
    group: 'builders',
    suits: [],
    rank: 71,
    advice: {
      take: 'Take it where Nix is at home: the image holds the package and what it needs, to the byte, and each layer is shared with other images.',
      not: 'Not on a Mac without a builder for Linux: what is built has to be Linux. Not where people expect the usual folders: all files lie in `/nix/store`.',
      costs:
        'It costs the language Nix and large images for what links much; how the start and a shell are set is unlike elsewhere.',
    },
    parameters: [
      { name: 'package', ask: 'package of nixpkgs', is: 'name', default: 'redis', proposals: [] },
      {
        name: 'command',
        ask: 'program in its bin folder',
        is: 'name',
        default: 'redis-server',
        proposals: [],
      },
    ],
    files: [
      {
        path: 'image.nix',
        text: '# nix-build image.nix && docker load <result\n# Another nixpkgs, such as one that npins or a flake has pinned:  --arg pkgs \'import PATH { }\'\n{\n  pkgs ? import (fetchTarball "https://channels.nixos.org/nixos-26.05/nixexprs.tar.xz") { },\n}:\n\npkgs.dockerTools.buildLayeredImage {\n  name = "«package»";\n  tag = pkgs.«package».version;\n\n  # Only what has to be at its usual path; the program comes along by its own path below.\n  contents = [ pkgs.dockerTools.caCertificates ];\n\n  # Instead of runAsRoot, which starts a virtual machine and so needs KVM.\n  fakeRootCommands = \'\'\n    mkdir -p ./data ./tmp\n    chown 65532:65532 ./data\n    chmod 1777 ./tmp\n  \'\';\n\n  config = {\n    Entrypoint = [ "${pkgs.«package»}/bin/«command»" ];\n    User = "65532:65532";\n    WorkingDir = "/data";\n    Volumes = {\n      "/data" = { };\n    };\n  };\n}\n',
      },
    ],
    allows: {},
  },
  {
    id: 'nix-dev-shell',
    title: 'Nix shell with the tools',
    summary: 'buildah, skopeo, trivy and what goes with them, in the same version for everybody',
    as: 'files',
    group: 'builders',
    suits: [],
    rank: 72,
    advice: {
      take: 'Take it so that everybody and CI work with the same versions of the tools: `nix develop`, and with direnv by entering the folder.',
      not: 'Not as the only way: who has no Nix needs the versions in words. It does not pin what the image is made of.',
      costs:
        'It costs gigabytes in `/nix/store`, and some settings of the system that Nix cannot bring along.',
    },
    parameters: [],
    files: [
      {
        path: 'flake.nix',
        text: '# nix develop\n{\n  description = "Tools for images";\n\n  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-26.05";\n\n  outputs =\n    { nixpkgs, ... }:\n    let\n      systems = [\n        "x86_64-linux"\n        "aarch64-linux"\n      ];\n    in\n    {\n      devShells = nixpkgs.lib.genAttrs systems (\n        system:\n        let\n          pkgs = nixpkgs.legacyPackages.${system};\n        in\n        {\n          default = pkgs.mkShell {\n            packages = [\n              # Build and copy\n              pkgs.buildah\n              pkgs.skopeo\n              pkgs.crane\n              # Look into\n              pkgs.trivy\n              pkgs.syft\n              pkgs.grype\n              pkgs.dive\n              # Sign\n              pkgs.cosign\n              # Run\n              pkgs.just\n              pkgs.jq\n              pkgs.shellcheck\n            ];\n          };\n        }\n      );\n    };\n}\n',
      },
      { path: '.envrc', text: 'use flake\n', extra: 'direnv' },
    ],
    allows: {},
  },
  {
    id: 'kubernetes-secret',
    title: 'Secret in Kubernetes',
    summary: 'a Deployment without root that reads a secret from files, made outside of Git',
    as: 'files',
    group: 'deploy',
    suits: [],
    rank: 10,
    advice: {
      take: 'Take it so that no secret is in the image: files are not inherited by child processes, do not show in `kubectl describe` and are renewed while the program runs.',
      not: 'Not as protection against administrators: a Secret is only encoded, and readable for who may read Secrets. Encrypt the store of the cluster, or take a vault.',
      costs: 'It costs a program that reads a file, and reads it again when it changes.',
    },
    parameters: [
      { name: 'app', ask: 'service', is: 'name', default: 'app', proposals: [], from: 'go.program' },
      {
        name: 'image',
        ask: 'image with its registry and tag',
        is: 'image',
        default: 'registry.example.com/app:1.0.0',
        proposals: [],
        from: 'image',
      },
      {
        name: 'port',
        ask: 'port in the container',
        is: 'number',
        default: '8080',
        proposals: [],
        from: 'port',
        required: true,
      },
    ],
    files: [
      {
        path: 'deploy/deployment.yaml',
        text: '# The secret is never in Git. From a file that only you can read:\n#   kubectl create secret generic «app» --from-file=password=./password.txt\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: «app»\n  labels:\n    app.kubernetes.io/name: «app»\nspec:\n  replicas: 2\n  selector:\n    matchLabels:\n      app.kubernetes.io/name: «app»\n  template:\n    metadata:\n      labels:\n        app.kubernetes.io/name: «app»\n    spec:\n      automountServiceAccountToken: false\n      securityContext:\n        runAsNonRoot: true\n        runAsUser: 65532\n        runAsGroup: 65532\n        # Owns the files of the secret, so that the user above can read them.\n        fsGroup: 65532\n        seccompProfile:\n          type: RuntimeDefault\n      containers:\n        - name: «app»\n          image: «image»\n          env:\n            # Where it is, not what it is.\n            - name: PASSWORD_FILE\n              value: /run/secrets/«app»/password\n          ports:\n            - name: http\n              containerPort: «port»\n          # Kubernetes does not use HEALTHCHECK.\n          readinessProbe:\n            tcpSocket:\n              port: http\n          resources:\n            requests:\n              cpu: 50m\n              memory: 64Mi\n            limits:\n              memory: 256Mi\n          securityContext:\n            allowPrivilegeEscalation: false\n            readOnlyRootFilesystem: true\n            capabilities:\n              drop: [ALL]\n          volumeMounts:\n            - name: secret\n              mountPath: /run/secrets/«app»\n              readOnly: true\n            - name: tmp\n              mountPath: /tmp\n      volumes:\n        - name: secret\n          secret:\n            secretName: «app»\n            defaultMode: 0440\n        - name: tmp\n          emptyDir:\n            medium: Memory\n            sizeLimit: 64Mi\n',
      },
    ],
    allows: {},
  },
  {
    id: 'vault-agent',
    title: 'Secrets from Vault',
    summary: 'the Vault agent beside the container writes secrets to a file in memory and renews them',
    as: 'files',
    group: 'deploy',
    suits: [],
    rank: 20,
    advice: {
      take: 'Take it where Vault is there: passwords are short-lived, everybody who read one is in a log, and none is stored in the cluster.',
      not: 'Not without the injector of Vault in the cluster, and not for one password: a Secret does that.',
      costs: 'It costs a second container in every pod, and a start that waits for Vault.',
    },
    parameters: [
      { name: 'app', ask: 'service', is: 'name', default: 'app', proposals: [], from: 'go.program' },
      {
        name: 'image',
        ask: 'image with its registry and tag',
        is: 'image',
        default: 'registry.example.com/app:1.0.0',
        proposals: [],
        from: 'image',
      },
      {
        name: 'secret',
        ask: 'path of the secret in Vault',
        is: 'path',
        default: 'secret/data/«app»',
        proposals: [],
      },
    ],
    files: [
      {
        path: 'deploy/vault.yaml',
        text: "# Once in Vault, with a policy named «app» that may read «secret»:\n#   vault write auth/kubernetes/role/«app» bound_service_account_names=«app» \\\n#     bound_service_account_namespaces=default policies=«app» ttl=1h\napiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: «app»\n---\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: «app»\nspec:\n  selector:\n    matchLabels:\n      app.kubernetes.io/name: «app»\n  template:\n    metadata:\n      labels:\n        app.kubernetes.io/name: «app»\n      annotations:\n        vault.hashicorp.com/agent-inject: 'true'\n        vault.hashicorp.com/role: «app»\n        vault.hashicorp.com/agent-inject-secret-password: «secret»\n        vault.hashicorp.com/agent-inject-template-password: |\n          {{- with secret \"«secret»\" -}}\n          {{- .Data.data.password -}}\n          {{- end -}}\n        vault.hashicorp.com/agent-inject-perms-password: '0400'\n        # The agent writes as the user that reads.\n        vault.hashicorp.com/agent-run-as-user: '65532'\n        vault.hashicorp.com/agent-run-as-group: '65532'\n    spec:\n      serviceAccountName: «app»\n      securityContext:\n        runAsNonRoot: true\n        runAsUser: 65532\n        runAsGroup: 65532\n        seccompProfile:\n          type: RuntimeDefault\n      containers:\n        - name: «app»\n          image: «image»\n          env:\n            - name: PASSWORD_FILE\n              value: /vault/secrets/password\n          securityContext:\n            allowPrivilegeEscalation: false\n            readOnlyRootFilesystem: true\n            capabilities:\n              drop: [ALL]\n",
      },
    ],
    allows: {},
  },
  {
    id: 'flux-image-automation',
    title: 'Flux image automation',
    summary: 'Flux looks for new versions in the registry, writes tag and digest to Git and rolls them out',
    as: 'files',
    group: 'deploy',
    suits: [],
    rank: 30,
    advice: {
      take: 'Take it where Flux runs the cluster already: a new release is rolled out by a commit that everybody can see and revert.',
      not: 'Not with tags that have no order: of commits, no policy can say which is newer. Not without tests before the push: what lands in the registry gets rolled out.',
      costs: 'It costs a key with which Flux may write to the repository, and two more controllers.',
    },
    parameters: [
      { name: 'app', ask: 'service', is: 'name', default: 'app', proposals: [], from: 'go.program' },
      {
        name: 'image',
        ask: 'image with its registry',
        is: 'image',
        default: 'registry.example.com/app',
        proposals: [],
        from: 'image',
      },
      { name: 'path', ask: 'folder of the manifests', is: 'path', default: './deploy', proposals: [] },
      { name: 'branch', ask: 'main branch', is: 'path', default: 'main', proposals: [], from: 'branch' },
    ],
    files: [
      {
        path: 'clusters/image-automation.yaml',
        text: '# The controllers:  flux bootstrap … --components-extra=image-reflector-controller,image-automation-controller\n# The line in the Deployment that is renewed ends with a marker:\n#   image: «image»:1.0.0 # {"$imagepolicy": "flux-system:«app»"}\napiVersion: image.toolkit.fluxcd.io/v1\nkind: ImageRepository\nmetadata:\n  name: «app»\n  namespace: flux-system\nspec:\n  image: «image»\n  interval: 10m\n  # For a private registry: the name of a Secret of the type dockerconfigjson in this namespace.\n  # secretRef:\n  #   name: registry\n---\napiVersion: image.toolkit.fluxcd.io/v1\nkind: ImagePolicy\nmetadata:\n  name: «app»\n  namespace: flux-system\nspec:\n  imageRepositoryRef:\n    name: «app»\n  # The digest is written behind the tag: what was found is what runs.\n  digestReflectionPolicy: IfNotPresent\n  policy:\n    semver:\n      range: \'>=1.0.0 <2.0.0\'\n---\napiVersion: image.toolkit.fluxcd.io/v1\nkind: ImageUpdateAutomation\nmetadata:\n  name: «app»\n  namespace: flux-system\nspec:\n  interval: 30m\n  sourceRef:\n    kind: GitRepository\n    name: flux-system\n  git:\n    checkout:\n      ref:\n        branch: «branch»\n    commit:\n      author:\n        name: flux\n        email: flux@users.noreply.github.com\n      messageTemplate: |\n        Update images\n\n        {{ range .Changed.Changes -}}\n        - {{ .OldValue }} -> {{ .NewValue }}\n        {{ end -}}\n    push:\n      # Another branch than the one above: people merge it.\n      branch: «branch»\n  update:\n    path: «path»\n    strategy: Setters\n',
      },
    ],
    allows: {},
  },
  {
    id: 'harbor',
    title: 'Notes on Harbor',
    summary: 'what to set in a Harbor project so that releases stay, are scanned and get cleaned up',
    as: 'files',
    group: 'deploy',
    suits: [],
    rank: 40,
    advice: {
      take: 'Take it where images stay in your own house: Harbor scans them, keeps rights by project and can refuse to hand out what has known holes.',
      not: 'Not for a small team without somebody who runs it: it is several services, a database and a store.',
      costs: 'It costs upkeep, and a scanner whose findings somebody has to look at.',
    },
    parameters: [
      {
        name: 'registry',
        ask: 'address of the registry',
        is: 'name',
        default: 'harbor.example.com',
        proposals: [],
      },
      { name: 'project', ask: 'project in the registry', is: 'name', default: 'team', proposals: [] },
    ],
    files: [
      {
        path: 'docs/harbor.md',
        text: "# Images in Harbor\n\nImages are named `«registry»/«project»/NAME:VERSION`.\n\nWhat is set in the project `«project»`, and why:\n\n- **Private.** Only members and robots pull.\n- **Tag immutability** for `**` with the tags `*.*.*`: a release cannot be replaced, not even by us. Tags of commits\n  and `buildcache` stay free.\n- **Scan on push**, and once a week for what is there: a new hole does not wait for a new push.\n- **Prevent vulnerable images from running**, from the severity High on: pulls fail. Exceptions stand in the CVE\n  allowlist of the project, each with a date at which it ends.\n- **Cosign signatures required** once every image is signed; before, nothing can be pulled any more.\n- **Tag retention**: all releases, and of the rest what was pushed in the last 30 days. Garbage collection on\n  Sundays: only then is the space free.\n- **Robot accounts**, one for each purpose, with an end date: `ci` may push and pull, `cluster` may only pull. People\n  use their CLI secret, never the password.\n- **Proxy cache** for Docker Hub in a project of its own: builds do not meet its limits.\n\nLog in without the secret in the history of the shell:\n\n    skopeo login --username 'robot$«project»+ci' --password-stdin «registry» <robot-secret\n",
      },
    ],
    allows: {},
  },
  {
    id: 'distroless-go',
    title: 'Go on distroless',
    summary: 'static binary, cached modules and builds, no shell, non-root',
    as: 'dockerfile',
    group: 'go',
    suits: ['go', '!go.cgo'],
    rank: 10,
    advice: {
      take: 'Take it for a service or tool in Go that needs no C library: certificates, time zones and a user without rights are in the base.',
      not: 'Not where the program uses cgo, or where people need a shell in the running container.',
      costs: 'It costs the shell: look into a running container with an ephemeral container that has one.',
    },
    parameters: [
      { name: 'app', ask: 'program', is: 'name', default: 'app', proposals: [], from: 'go.program' },
      {
        name: 'package',
        ask: 'package of the main function',
        is: 'path',
        default: './cmd/«app»',
        proposals: [],
        from: 'go.package',
      },
      {
        name: 'go',
        ask: 'Go version',
        is: 'version',
        default: '1.27',
        proposals: ['1.27', '1.26'],
        known: ['1.27', '1.26', '1.25', '1.24'],
        from: 'go.version',
      },
    ],
    files: [
      {
        path: 'Dockerfile',
        text: '# syntax=docker/dockerfile:1\n\nFROM golang:«go»-trixie AS build\nWORKDIR /src\nCOPY go.mod go.sum* ./\nRUN --mount=type=cache,target=/go/pkg/mod \\\n    go mod download\nRUN --mount=type=bind,target=/src \\\n    --mount=type=cache,target=/go/pkg/mod \\\n    --mount=type=cache,target=/root/.cache/go-build \\\n    CGO_ENABLED=0 go build -trimpath -ldflags="-s -w" -o /out/«app» «package»\n\nFROM gcr.io/distroless/static-debian13:nonroot\nCOPY --from=build /out/«app» /«app»\n# The user nonroot, as a number: Kubernetes can check that it is not root.\nUSER 65532:65532\nENTRYPOINT ["/«app»"]\n\n# Where the image comes from. The build gives the values: --build-arg VERSION=1.0.0\nARG SOURCE VERSION REVISION CREATED\nLABEL org.opencontainers.image.source="$SOURCE" \\\n      org.opencontainers.image.version="$VERSION" \\\n      org.opencontainers.image.revision="$REVISION" \\\n      org.opencontainers.image.created="$CREATED"\n',
      },
    ],
    allows: {},
  },
  {
    id: 'distroless-go-cross',
    title: 'Go for several platforms',
    summary: 'go for several platforms: compiles on the machine that builds, without emulation',
    as: 'dockerfile',
    group: 'go',
    suits: ['go', '!go.cgo'],
    rank: 20,
    advice: {
      take: 'Take it when one build makes images for several platforms: the compiler runs on the platform of the builder, without emulation.',
      not: 'Not with cgo, which needs a C compiler for each target.',
      costs: 'It costs nothing at run time; a build for one platform is as fast as without.',
    },
    parameters: [
      { name: 'app', ask: 'program', is: 'name', default: 'app', proposals: [], from: 'go.program' },
      {
        name: 'package',
        ask: 'package of the main function',
        is: 'path',
        default: './cmd/«app»',
        proposals: [],
        from: 'go.package',
      },
      {
        name: 'go',
        ask: 'Go version',
        is: 'version',
        default: '1.27',
        proposals: ['1.27', '1.26'],
        known: ['1.27', '1.26', '1.25', '1.24'],
        from: 'go.version',
      },
    ],
    files: [
      {
        path: 'Dockerfile',
        text: '# syntax=docker/dockerfile:1\n\nFROM --platform=$BUILDPLATFORM golang:«go»-trixie AS build\nARG TARGETOS TARGETARCH\nWORKDIR /src\nCOPY go.mod go.sum* ./\nRUN --mount=type=cache,target=/go/pkg/mod \\\n    go mod download\nRUN --mount=type=bind,target=/src \\\n    --mount=type=cache,target=/go/pkg/mod \\\n    --mount=type=cache,target=/root/.cache/go-build \\\n    CGO_ENABLED=0 GOOS=$TARGETOS GOARCH=$TARGETARCH \\\n    go build -trimpath -ldflags="-s -w" -o /out/«app» «package»\n\nFROM gcr.io/distroless/static-debian13:nonroot\nCOPY --from=build /out/«app» /«app»\n# The user nonroot, as a number: Kubernetes can check that it is not root.\nUSER 65532:65532\nENTRYPOINT ["/«app»"]\n\n# Where the image comes from. The build gives the values: --build-arg VERSION=1.0.0\nARG SOURCE VERSION REVISION CREATED\nLABEL org.opencontainers.image.source="$SOURCE" \\\n      org.opencontainers.image.version="$VERSION" \\\n      org.opencontainers.image.revision="$REVISION" \\\n      org.opencontainers.image.created="$CREATED"\n',
      },
    ],
    allows: {},
  },
  {
    id: 'healthcheck-wget',
    title: 'Health check with wget',
    summary: 'asks over HTTP whether the service answers, with the wget of Alpine and busybox',
    as: 'part',
    group: 'health',
    suits: [],
    rank: 10,
    advice: {
      take: 'Take it on Alpine and busybox, which have wget.',
      not: 'Not for Kubernetes, which has probes of its own, and not in images of the OCI format, which drop it.',
      costs: 'It costs a process every interval.',
    },
    parameters: [
      { name: 'url', ask: 'address', is: 'url', default: 'http://127.0.0.1:8080/', proposals: [] },
      { name: 'interval', ask: 'interval', is: 'duration', default: '30s', proposals: [] },
      { name: 'start', ask: 'time to start', is: 'duration', default: '10s', proposals: [] },
    ],
    files: [
      {
        path: '',
        text: 'HEALTHCHECK --interval=«interval» --timeout=3s --start-period=«start» \\\n    CMD ["wget", "-q", "-O", "/dev/null", "«url»"]',
      },
    ],
    allows: {},
  },
  {
    id: 'healthcheck-curl',
    title: 'Health check with curl',
    summary: 'asks over HTTP whether the service answers, with curl, which has to be in the image',
    as: 'part',
    group: 'health',
    suits: [],
    rank: 20,
    advice: {
      take: 'Take it where curl is in the image anyway.',
      not: 'Not by installing curl for it alone: the program can ask itself.',
      costs: 'It costs a process every interval.',
    },
    parameters: [
      { name: 'url', ask: 'address', is: 'url', default: 'http://127.0.0.1:8080/', proposals: [] },
      { name: 'interval', ask: 'interval', is: 'duration', default: '30s', proposals: [] },
      { name: 'start', ask: 'time to start', is: 'duration', default: '10s', proposals: [] },
    ],
    files: [
      {
        path: '',
        text: 'HEALTHCHECK --interval=«interval» --timeout=3s --start-period=«start» \\\n    CMD ["curl", "-fsS", "-o", "/dev/null", "«url»"]',
      },
    ],
    allows: {},
  },
  {
    id: 'oci-labels',
    title: 'Labels of the OCI',
    summary: 'labels that say where an image comes from',
    as: 'part',
    group: 'labels',
    suits: [],
    rank: 10,
    advice: {
      take: 'Take it for every image that other people pull.',
      not: 'Not above steps that should stay cached: put the labels last.',
      costs: 'It costs a rebuild of the layers below whenever a value changes.',
    },
    parameters: [
      { name: 'title', ask: 'title', is: 'words', default: 'app', proposals: [] },
      {
        name: 'source',
        ask: 'address of the sources',
        is: 'url',
        default: 'https://example.com/app',
        proposals: [],
      },
    ],
    files: [
      {
        path: '',
        text: 'ARG VERSION\nARG REVISION\nLABEL org.opencontainers.image.title="«title»" \\\n      org.opencontainers.image.source="«source»" \\\n      org.opencontainers.image.version="$VERSION" \\\n      org.opencontainers.image.revision="$REVISION"',
      },
    ],
    allows: {},
  },
  {
    id: 'secret-mount',
    title: 'Secret for one step',
    summary: 'a secret that one RUN can read and no layer keeps; build with --secret id=…,src=…',
    as: 'part',
    group: 'mounts',
    suits: [],
    rank: 10,
    advice: {
      take: 'Take it where a step needs a password or token.',
      not: 'Not for secrets of the running program: those belong to the orchestrator.',
      costs: 'It costs a builder with mounts: BuildKit, buildah or podman.',
    },
    parameters: [
      { name: 'id', ask: 'id of the secret', is: 'name', default: 'token', proposals: [] },
      { name: 'variable', ask: 'variable', is: 'name', default: 'TOKEN', proposals: [] },
      { name: 'command', ask: 'command', is: 'path', default: './fetch.sh', proposals: [] },
    ],
    files: [
      {
        path: '',
        text: 'RUN --mount=type=secret,id=«id»,required=true \\\n    «variable»="$(cat /run/secrets/«id»)" «command»',
      },
    ],
    allows: {},
  },
  {
    id: 'distroless-node',
    title: 'Node.js on distroless',
    summary: 'two stages, packages from package-lock.json, distroless Node.js, non-root',
    as: 'dockerfile',
    group: 'node',
    suits: ['node', 'node.manager=npm', '!node.build'],
    rank: 20,
    advice: {
      take: 'Take it for JavaScript that runs as it is written.',
      not: 'Not with TypeScript or a bundler: node-build has a step for them.',
      costs: 'It costs npm and a shell in the image.',
    },
    parameters: [
      {
        name: 'node',
        ask: 'Node.js version',
        is: 'version',
        default: '24',
        proposals: ['24', '22', '26'],
        known: ['24', '22', '26'],
        from: 'node.version',
      },
      {
        name: 'source',
        ask: 'folder of the sources',
        is: 'path',
        default: 'src',
        proposals: [],
        from: 'node.folder',
      },
      {
        name: 'main',
        ask: 'file to start',
        is: 'path',
        default: '«source»/index.js',
        proposals: [],
        from: 'node.main',
      },
    ],
    files: [
      {
        path: 'Dockerfile',
        text: '# syntax=docker/dockerfile:1\n\nFROM node:«node»-trixie-slim AS build\nWORKDIR /app\nCOPY package.json package-lock.json ./\nRUN --mount=type=cache,target=/root/.npm \\\n    npm ci --omit=dev\n\nFROM gcr.io/distroless/nodejs«node»-debian13:nonroot\nWORKDIR /app\nCOPY --from=build /app .\nCOPY «source»/ «source»/\nENV NODE_ENV=production\n# The user nonroot, as a number: Kubernetes can check that it is not root.\nUSER 65532:65532\nENTRYPOINT ["/nodejs/bin/node", "«main»"]\n\n# Where the image comes from. The build gives the values: --build-arg VERSION=1.0.0\nARG SOURCE VERSION REVISION CREATED\nLABEL org.opencontainers.image.source="$SOURCE" \\\n      org.opencontainers.image.version="$VERSION" \\\n      org.opencontainers.image.revision="$REVISION" \\\n      org.opencontainers.image.created="$CREATED"\n',
      },
    ],
    allows: {},
  },
  {
    id: 'apt-install',
    title: 'apt-get in one layer',
    summary: 'update, install and clean up in one layer',
    as: 'part',
    group: 'packages',
    suits: [],
    rank: 10,
    advice: {
      take: 'Take it for packages of Debian and Ubuntu that the program needs.',
      not: 'Not for compilers in the last stage.',
      costs: 'It costs a download at every change of the line; apt-cache-mount keeps them.',
    },
    parameters: [
      { name: 'packages', ask: 'packages', is: 'packages', default: 'ca-certificates', proposals: [] },
    ],
    files: [
      {
        path: '',
        text: 'RUN apt-get update && \\\n    apt-get install -y --no-install-recommends \\\n        «packages» && \\\n    rm -rf /var/lib/apt/lists/*',
      },
    ],
    allows: {},
  },
  {
    id: 'apt-cache-mount',
    title: 'apt-get with cache mounts',
    summary: 'downloads and lists stay in cache mounts from build to build',
    as: 'part',
    group: 'packages',
    suits: [],
    rank: 11,
    advice: {
      take: 'Take it where images are built often on the same machine.',
      not: 'Not for hosted runners: their cache mounts are empty at every run.',
      costs: 'It costs two mounts that nobody cleans but `docker buildx prune`.',
    },
    parameters: [
      { name: 'packages', ask: 'packages', is: 'packages', default: 'ca-certificates', proposals: [] },
    ],
    files: [
      {
        path: '',
        text: 'RUN --mount=type=cache,target=/var/cache/apt,sharing=locked \\\n    --mount=type=cache,target=/var/lib/apt/lists,sharing=locked \\\n    rm -f /etc/apt/apt.conf.d/docker-clean && \\\n    apt-get update && \\\n    apt-get install -y --no-install-recommends \\\n        «packages»',
      },
    ],
    allows: {},
  },
  {
    id: 'apk-add',
    title: 'apk without an index',
    summary: 'install without leaving an index behind',
    as: 'part',
    group: 'packages',
    suits: [],
    rank: 20,
    advice: {
      take: 'Take it on Alpine.',
      not: 'Not on Wolfi with packages of Alpine: they do not mix.',
      costs: 'It costs nothing.',
    },
    parameters: [
      { name: 'packages', ask: 'packages', is: 'packages', default: 'ca-certificates', proposals: [] },
    ],
    files: [{ path: '', text: 'RUN apk add --no-cache \\\n        «packages»' }],
    allows: {},
  },
  {
    id: 'python-uv',
    title: 'Python with uv',
    summary: 'two stages, packages by uv from uv.lock, slim base, non-root',
    as: 'dockerfile',
    group: 'python',
    suits: ['python', 'python.manager=uv'],
    rank: 10,
    advice: {
      take: 'Take it for a project with uv.lock: the packages are exactly those of the lock file.',
      not: 'Not in a workspace of several packages, whose members must be there when uv reads the lock file.',
      costs: 'It costs a shell and the tools of Debian, which distroless leaves out.',
    },
    parameters: [
      { name: 'app', ask: 'package', is: 'name', default: 'app', proposals: [], from: 'python.package' },
      {
        name: 'python',
        ask: 'Python version',
        is: 'version',
        default: '3.13',
        proposals: ['3.13', '3.14', '3.12', '3.11'],
        known: ['3.14', '3.13', '3.12', '3.11', '3.10', '3.9'],
        from: 'python.version',
      },
      { name: 'uv', ask: 'uv version', is: 'version', default: '0.13', proposals: ['0.13'], known: ['0.13'] },
      {
        name: 'source',
        ask: 'folder of the package',
        is: 'path',
        default: 'src/«app»',
        proposals: [],
        from: 'python.folder',
      },
      {
        name: 'module',
        ask: 'module to start',
        is: 'module',
        default: '«app»',
        proposals: [],
        from: 'python.module',
      },
    ],
    files: [
      {
        path: 'Dockerfile',
        text: '# syntax=docker/dockerfile:1\n\nFROM python:«python»-slim-trixie AS build\nCOPY --from=ghcr.io/astral-sh/uv:«uv» /uv /usr/local/bin/\nENV UV_COMPILE_BYTECODE=1 UV_LINK_MODE=copy UV_PYTHON_DOWNLOADS=never\nWORKDIR /app\nCOPY pyproject.toml uv.lock ./\nRUN --mount=type=cache,target=/root/.cache/uv \\\n    uv sync --locked --no-dev --no-install-project\n\nFROM python:«python»-slim-trixie\nRUN useradd --create-home --uid 10001 app\nWORKDIR /app\nCOPY --from=build /app/.venv .venv\nCOPY «source»/ «app»/\nENV PATH=/app/.venv/bin:$PATH\nENV PYTHONUNBUFFERED=1\n# A number: Kubernetes can check that it is not root.\nUSER 10001\nENTRYPOINT ["python", "-m", "«module»"]\n\n# Where the image comes from. The build gives the values: --build-arg VERSION=1.0.0\nARG SOURCE VERSION REVISION CREATED\nLABEL org.opencontainers.image.source="$SOURCE" \\\n      org.opencontainers.image.version="$VERSION" \\\n      org.opencontainers.image.revision="$REVISION" \\\n      org.opencontainers.image.created="$CREATED"\n',
      },
    ],
    allows: {},
  },
  {
    id: 'distroless-python',
    title: 'Python on distroless',
    summary: 'two stages, packages from requirements.txt on distroless Python 3.13, non-root',
    as: 'dockerfile',
    group: 'python',
    suits: ['python', 'python.manager=pip'],
    rank: 20,
    advice: {
      take: 'Take it for a service whose packages are in requirements.txt and have wheels for Python 3.13.',
      not: 'Not with another version of Python: the base has 3.13 and nothing else.',
      costs: 'It costs pip, a shell and the choice of the version.',
    },
    parameters: [
      {
        name: 'app',
        ask: 'folder of the package',
        is: 'path',
        default: 'app',
        proposals: [],
        from: 'python.package',
      },
      {
        name: 'requirements',
        ask: 'file with the requirements',
        is: 'path',
        default: 'requirements.txt',
        proposals: [],
        from: 'python.requirements',
      },
      {
        name: 'module',
        ask: 'module to start',
        is: 'module',
        default: '«app»',
        proposals: [],
        from: 'python.module',
      },
    ],
    files: [
      {
        path: 'Dockerfile',
        text: '# syntax=docker/dockerfile:1\n\n# distroless/python3-debian13 is Python 3.13 of Debian 13: compiled packages need the same here.\nFROM python:3.13-slim-trixie AS build\nCOPY «requirements» /tmp/\nRUN --mount=type=cache,target=/root/.cache/pip \\\n    pip install --target=/packages -r /tmp/«requirements»\n\nFROM gcr.io/distroless/python3-debian13:nonroot\nWORKDIR /app\nCOPY --from=build /packages /packages\nCOPY «app»/ «app»/\nENV PYTHONPATH=/packages\nENV PYTHONUNBUFFERED=1\n# The user nonroot, as a number: Kubernetes can check that it is not root.\nUSER 65532:65532\nENTRYPOINT ["/usr/bin/python3", "-m", "«module»"]\n\n# Where the image comes from. The build gives the values: --build-arg VERSION=1.0.0\nARG SOURCE VERSION REVISION CREATED\nLABEL org.opencontainers.image.source="$SOURCE" \\\n      org.opencontainers.image.version="$VERSION" \\\n      org.opencontainers.image.revision="$REVISION" \\\n      org.opencontainers.image.created="$CREATED"\n',
      },
    ],
    allows: {},
  },
  {
    id: 'compose',
    title: 'Compose service, hardened',
    summary: 'one service without root, read-only, with an init as PID 1 and limits',
    as: 'files',
    group: 'run',
    suits: [],
    rank: 10,
    advice: {
      take: 'Take it to run the image on a machine of your own or beside a database while developing.',
      not: 'Not with a user other than the one the image is made for, unless the program writes nothing: its files belong to that one. Not for several machines: Compose starts what is on one.',
      costs:
        'It costs a folder for whatever the program writes: all but `/tmp` is read-only, and `/tmp` is in memory and empty after every start.',
    },
    parameters: [
      { name: 'app', ask: 'service', is: 'name', default: 'app', proposals: [], from: 'go.program' },
      {
        name: 'port',
        ask: 'port in the container',
        is: 'number',
        default: '8080',
        proposals: [],
        from: 'port',
        required: true,
      },
      { name: 'user', ask: 'user and group', is: 'words', default: '65532:65532', proposals: [] },
    ],
    files: [
      {
        path: 'compose.yaml',
        text: "services:\n  «app»:\n    build: .\n    user: '«user»'\n    # PID 1 that ends children and hands on signals, also for programs that have no handler.\n    init: true\n    read_only: true\n    tmpfs:\n      - /tmp:size=64m,mode=1777,noexec,nosuid,nodev\n    cap_drop: [ALL]\n    security_opt: ['no-new-privileges:true']\n    # Only this machine can reach it. Without the address, every network of the machine can, past its firewall.\n    ports: ['127.0.0.1:«port»:«port»']\n    restart: unless-stopped\n    stop_grace_period: 10s\n    mem_limit: 256m\n    pids_limit: 256\n    logging:\n      driver: local\n",
      },
    ],
    allows: {},
  },
  {
    id: 'quadlet',
    title: 'Quadlet for rootless Podman',
    summary:
      'a container as a service of systemd for a user, with a health check, and the steps to install it',
    as: 'files',
    group: 'run',
    suits: [],
    rank: 20,
    advice: {
      take: 'Take it to run a container on one machine as a service without Docker and without root: Podman 4.7 or newer turns the file into a unit of systemd.',
      not: 'Not with the health check as proposed if the program has no such mode: put a command there that the image holds, or delete the lines, or systemd kills a healthy program.',
      costs:
        'It costs a look at `journalctl --user`: mistakes in the file do not stop `daemon-reload`, there is just no service.',
    },
    parameters: [
      { name: 'app', ask: 'service', is: 'name', default: 'app', proposals: [], from: 'go.program' },
      {
        name: 'image',
        ask: 'image with its registry and tag',
        is: 'image',
        default: 'registry.example.com/app:1.0',
        proposals: [],
        from: 'image',
      },
      {
        name: 'port',
        ask: 'port in the container',
        is: 'number',
        default: '8080',
        proposals: [],
        from: 'port',
        required: true,
      },
      {
        name: 'health',
        ask: 'command of the health check',
        is: 'words',
        default: '/«app» health',
        proposals: [],
      },
    ],
    files: [
      {
        path: 'deploy/«app».container',
        text: '[Unit]\nDescription=«app»\n\n[Container]\nContainerName=«app»\nImage=«image»\nPublishPort=127.0.0.1:«port»:«port»\nReadOnly=true\nTmpfs=/tmp:size=64m\nDropCapability=all\nNoNewPrivileges=true\nPidsLimit=256\n# Images of the OCI format have no HEALTHCHECK, so it stands here. CMD: without a shell.\nHealthCmd=CMD «health»\nHealthInterval=30s\nHealthTimeout=5s\nHealthRetries=3\nHealthStartPeriod=10s\nHealthOnFailure=kill\n\n[Service]\nRestart=always\nRestartSec=5\n# Includes the time to pull the image: the 90 seconds of systemd are not enough for a large one.\nTimeoutStartSec=900\n\n[Install]\n# Instead of "systemctl enable": the unit is made anew at every start.\nWantedBy=default.target\n',
      },
      {
        path: 'deploy/install-«app».sh',
        text: '#!/bin/sh\n# Installs the Quadlet file beside this script for the user who runs it.\nset -eu\n\ncase "${1:-}" in\n  -h | --help)\n    echo "Usage: install-«app».sh    copies «app».container, checks it and starts the service"\n    exit 0\n    ;;\n  \'\') ;;\n  *)\n    echo "install-«app».sh takes no arguments (--help says more)" >&2\n    exit 2\n    ;;\nesac\nif [ "$(id -u)" -eq 0 ]; then\n  echo "install-«app».sh: run it as the user the service is for, not as root" >&2\n  exit 1\nfi\n\nhere=$(cd "$(dirname "$0")" && pwd)\nunits=${XDG_CONFIG_HOME:-$HOME/.config}/containers/systemd\nmkdir -p "$units"\ncp "$here/«app».container" "$units/"\n\n# Says what is wrong in the file; daemon-reload alone would not.\nfor generator in /usr/lib/systemd/user-generators/podman-user-generator /usr/libexec/podman/quadlet; do\n  if [ -x "$generator" ]; then\n    "$generator" --user --dryrun >/dev/null\n    break\n  fi\ndone\n\nsystemctl --user daemon-reload\nsystemctl --user restart «app».service\n# Without this, the service ends when the user logs out, and does not start with the machine.\nloginctl enable-linger "$(id -un)"\nsystemctl --user --no-pager status «app».service\n',
      },
    ],
    allows: {},
  },
  {
    id: 'oci-hooks',
    title: 'OCI hooks',
    summary: 'programs that the runtime starts when a container is made and when it is gone',
    as: 'files',
    group: 'run',
    suits: [],
    rank: 40,
    advice: {
      take: 'Take it for what has to happen outside the container but with its namespaces: devices, networks, metrics.',
      not: 'Not through Docker or Kubernetes, which have no field for it: devices come by CDI, networks by CNI. For Podman take podman-hooks, which has a format of its own.',
      costs:
        'It costs trust: hooks run with the rights of the runtime, mostly root, and one that fails stops the container from being made.',
    },
    parameters: [
      { name: 'name', ask: 'name of the hook', is: 'name', default: 'container-log', proposals: [] },
    ],
    files: [
      {
        path: 'oci/hooks.json',
        text: '{\n  "hooks": {\n    "createRuntime": [\n      {\n        "path": "/usr/local/libexec/oci/«name»",\n        "args": ["«name»", "created"],\n        "timeout": 5\n      }\n    ],\n    "poststop": [\n      {\n        "path": "/usr/local/libexec/oci/«name»",\n        "args": ["«name»", "gone"],\n        "timeout": 5\n      }\n    ]\n  }\n}\n',
      },
      {
        path: 'oci/«name»',
        text: '#!/bin/sh\n# Hook of an OCI runtime: writes to the system log which container was made and which is gone.\n# The state of the container comes as JSON on standard input.\n#   install -m 0755 oci/«name» /usr/local/libexec/oci/«name»\n#   jq -s \'.[0] * .[1]\' config.json oci/hooks.json >new.json && mv new.json config.json\nset -eu\n\ncase "${1:-}" in\n  created | gone) ;;\n  *)\n    echo "Usage: «name» created|gone    with the state of the container on standard input" >&2\n    exit 2\n    ;;\nesac\n\nstate=$(cat)\n# Read without jq: a hook gets no PATH of a user.\nfield() {\n  printf \'%s\' "$state" | tr -d \'\\n\' | sed -n "s/.*\\"$1\\"[[:space:]]*:[[:space:]]*\\"\\{0,1\\}\\([^\\",}]*\\).*/\\1/p"\n}\nPATH=/usr/sbin:/usr/bin:/sbin:/bin\nexport PATH\n\nid=$(field id)\npid=$(field pid)\nlogger --tag «name» "container $id $1 (process ${pid:-none})" || true\n',
      },
    ],
    allows: {},
  },
  {
    id: 'podman-hooks',
    title: 'Hooks for Podman',
    summary: "a hook in Podman's own format: which program, for which containers, at which moment",
    as: 'files',
    group: 'run',
    suits: [],
    rank: 50,
    advice: {
      take: 'Take it where Podman or CRI-O should start a program for some containers: those that carry an annotation.',
      not: 'Not as part of a `config.json`: that is another format, see oci-hooks.',
      costs:
        'It costs trust and time: the program runs with the rights of Podman at every container that matches, and a failure stops the container.',
    },
    parameters: [
      { name: 'name', ask: 'name of the hook', is: 'name', default: 'container-log', proposals: [] },
    ],
    files: [
      {
        path: 'oci/hooks.d/«name».json',
        text: '{\n  "version": "1.0.0",\n  "hook": {\n    "path": "/usr/local/libexec/oci/«name»",\n    "args": ["«name»"],\n    "timeout": 5\n  },\n  "when": {\n    "annotations": {\n      "^com\\\\.example\\\\.«name»$": "^yes$"\n    }\n  },\n  "stages": ["createRuntime", "poststop"]\n}\n',
      },
      {
        path: 'oci/«name»',
        text: '#!/bin/sh\n# Hook for Podman: writes to the system log which container was made and which is gone.\n# The state of the container comes as JSON on standard input.\n#   install -m 0755 oci/«name» /usr/local/libexec/oci/«name»\n#   install -m 0644 -D oci/hooks.d/«name».json /etc/containers/oci/hooks.d/«name».json\n#   podman run --annotation com.example.«name»=yes IMAGE\n# Without root, name the folder: podman --hooks-dir "$PWD/oci/hooks.d" run …\nset -eu\n\nPATH=/usr/sbin:/usr/bin:/sbin:/bin\nexport PATH\n\nstate=$(cat | tr -d \'\\n\')\n# Read without jq: it may not be on the machine.\nfield() {\n  printf \'%s\' "$state" | sed -n "s/.*\\"$1\\"[[:space:]]*:[[:space:]]*\\"\\{0,1\\}\\([^\\",}]*\\).*/\\1/p"\n}\nid=$(field id)\nstatus=$(field status)\nlogger --tag «name» "container $id is ${status:-unknown}" || true\n',
      },
    ],
    allows: {},
  },
  {
    id: 'distroless-rust',
    title: 'Rust on distroless',
    summary: 'two stages, glibc binary on distroless cc, cached crates and compiled dependencies, non-root',
    as: 'dockerfile',
    group: 'rust',
    suits: ['rust'],
    rank: 10,
    advice: {
      take: 'Take it for a program in Rust that links the C library of the system, as most do.',
      not: 'Not where a static binary is wanted: scratch-rust makes one.',
      costs: 'It costs the shell, and the C library has to be as new as that of the build stage.',
    },
    parameters: [
      { name: 'app', ask: 'program', is: 'name', default: 'app', proposals: [], from: 'rust.program' },
      {
        name: 'rust',
        ask: 'Rust version',
        is: 'version',
        default: '1.98',
        proposals: ['1.98'],
        known: ['1.98', '1.97', '1.96', '1.95', '1.94', '1.93', '1.92', '1.91', '1.90', '1.89', '1.88'],
        from: 'rust.version',
      },
    ],
    files: [
      {
        path: 'Dockerfile',
        text: '# syntax=docker/dockerfile:1\n\n# The same Debian release as below: the binary needs a C library at least as new as its own.\nFROM rust:«rust»-slim-trixie AS build\nARG TARGETPLATFORM\nWORKDIR /src\nCOPY Cargo.toml Cargo.lock ./\nCOPY src/ src/\n# Crates and compiled dependencies stay in the mounts from build to build; the binary has to leave in this step.\nRUN --mount=type=cache,target=/usr/local/cargo/registry \\\n    --mount=type=cache,target=/usr/local/cargo/git/db \\\n    --mount=type=cache,id=«app»-target-$TARGETPLATFORM,target=/src/target,sharing=locked \\\n    cargo build --locked --release && \\\n    mkdir -p /out && \\\n    cp target/release/«app» /out/\n\nFROM gcr.io/distroless/cc-debian13:nonroot\nCOPY --from=build /out/«app» /«app»\n# The user nonroot, as a number: Kubernetes can check that it is not root.\nUSER 65532:65532\nENTRYPOINT ["/«app»"]\n\n# Where the image comes from. The build gives the values: --build-arg VERSION=1.0.0\nARG SOURCE VERSION REVISION CREATED\nLABEL org.opencontainers.image.source="$SOURCE" \\\n      org.opencontainers.image.version="$VERSION" \\\n      org.opencontainers.image.revision="$REVISION" \\\n      org.opencontainers.image.created="$CREATED"\n',
      },
    ],
    allows: {},
  },
  {
    id: 'scratch-rust',
    title: 'Rust on an empty image',
    summary: 'static musl binary on an empty image with CA certificates, non-root',
    as: 'dockerfile',
    group: 'rust',
    suits: ['rust'],
    rank: 20,
    advice: {
      take: 'Take it for the smallest image: one static binary and the certificates.',
      not: "Not for crates that need the GNU C library, and not where an allocator as fast as glibc's matters.",
      costs:
        'It costs time zones, a list of users and everything else that a base would have. `rust:alpine` is there for amd64, arm64 and ppc64le only.',
    },
    parameters: [
      { name: 'app', ask: 'program', is: 'name', default: 'app', proposals: [], from: 'rust.program' },
      {
        name: 'rust',
        ask: 'Rust version',
        is: 'version',
        default: '1.98',
        proposals: ['1.98'],
        known: ['1.98', '1.97', '1.96'],
        from: 'rust.version',
      },
    ],
    files: [
      {
        path: 'Dockerfile',
        text: '# syntax=docker/dockerfile:1\n\n# On Alpine the compiler\'s own platform is musl, so the binary is static.\nFROM rust:«rust»-alpine3.24 AS build\nARG TARGETPLATFORM\nWORKDIR /src\nCOPY Cargo.toml Cargo.lock ./\nCOPY src/ src/\nRUN --mount=type=cache,target=/usr/local/cargo/registry \\\n    --mount=type=cache,target=/usr/local/cargo/git/db \\\n    --mount=type=cache,id=«app»-musl-$TARGETPLATFORM,target=/src/target,sharing=locked \\\n    cargo build --locked --release && \\\n    mkdir -p /out && \\\n    cp target/release/«app» /out/\n\nFROM scratch\nCOPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/\nCOPY --from=build /out/«app» /«app»\n# A number: an empty image has no list of users.\nUSER 65532:65532\nENTRYPOINT ["/«app»"]\n\n# Where the image comes from. The build gives the values: --build-arg VERSION=1.0.0\nARG SOURCE VERSION REVISION CREATED\nLABEL org.opencontainers.image.source="$SOURCE" \\\n      org.opencontainers.image.version="$VERSION" \\\n      org.opencontainers.image.revision="$REVISION" \\\n      org.opencontainers.image.created="$CREATED"\n',
      },
    ],
    allows: {},
  },
  {
    id: 'buildah-multiarch',
    title: 'Several platforms with buildah',
    summary: 'one image for several platforms, built without a daemon and pushed as one manifest list',
    as: 'files',
    group: 'shell',
    suits: [],
    rank: 10,
    advice: {
      take: 'Take it where images are built without Docker, by people and in CI: a second run replaces the list instead of adding to it, and nothing is pushed unless every platform is in it.',
      not: 'Not for heavy compilers on a foreign processor: emulation is slow. Compile across in a stage on `$BUILDPLATFORM`, or build each platform on a machine of its own and join the digests, as workflow-build-sign does.',
      costs:
        'It costs emulation: steps for another processor need `qemu-user-static` with binfmt on the machine. The OCI format leaves HEALTHCHECK out; `BUILDAH_FORMAT=docker` keeps it.',
    },
    parameters: [
      {
        name: 'image',
        ask: 'image with its registry',
        is: 'image',
        default: 'registry.example.com/app',
        proposals: [],
        from: 'image',
      },
    ],
    files: [
      {
        path: 'scripts/build-multiarch.sh',
        text: '#!/usr/bin/env bash\n# Builds one image for several platforms and pushes it as one manifest list.\nset -euo pipefail\n\nusage() {\n  cat <<\'END\'\nUsage: build-multiarch.sh TAG [FOLDER]\n\nBuilds the Dockerfile of FOLDER (default: .) for every platform, checks that each\nis in the list, and pushes the list with its images as IMAGE:TAG.\n\nEnvironment:\n  IMAGE      default «image»\n  SOURCE     address of the sources, for the label\n  PLATFORMS  separated by commas; default linux/amd64,linux/arm64\n  BUILDAH_FORMAT=docker  keeps HEALTHCHECK, which the OCI format has not\n\nSteps for another processor need qemu-user-static. Log in before: buildah login REGISTRY\nEND\n}\n\nfail() {\n  printf \'%s: %s\\n\' "${0##*/}" "$*" >&2\n  exit 1\n}\n\ncase "${1:-}" in\n  -h | --help)\n    usage\n    exit 0\n    ;;\n  *) ;;\nesac\nif [ "$#" -lt 1 ] || [ "$#" -gt 2 ]; then\n  usage >&2\n  exit 2\nfi\n\ntag=$1\nfolder=${2:-.}\nimage=${IMAGE:-«image»}\nplatforms=${PLATFORMS:-linux/amd64,linux/arm64}\n[[ $tag =~ ^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$ ]] || fail "not a tag: \'$tag\'"\n[[ $platforms =~ ^[a-z0-9]+/[a-z0-9/]+(,[a-z0-9]+/[a-z0-9/]+)*$ ]] || fail "not a list of platforms: \'$platforms\'"\n[ -d "$folder" ] || fail "no such folder: $folder"\ncommand -v buildah >/dev/null || fail "buildah is not installed"\n\nIFS=, read -r -a wanted <<<"$platforms"\nlist=localhost/list-of-${image##*/}:$tag\n\n# --manifest adds to a list that is there already: without this, a second run would hold each platform twice.\nif buildah manifest exists "$list"; then\n  buildah manifest rm "$list" >/dev/null\nfi\n\nrevision=$(git -C "$folder" rev-parse HEAD 2>/dev/null || true)\nbuildah build \\\n  --platform "$platforms" \\\n  --manifest "$list" \\\n  --build-arg "SOURCE=${SOURCE:-}" \\\n  --build-arg "VERSION=$tag" \\\n  --build-arg "REVISION=$revision" \\\n  "$folder"\n\ninside=$(buildah manifest inspect "$list" | grep -c \'"architecture"\' || true)\n[ "$inside" -eq "${#wanted[@]}" ] ||\n  fail "the list holds $inside images instead of ${#wanted[@]}; nothing was pushed"\n\ndigests=$(mktemp)\ntrap \'rm -f "$digests"\' EXIT\nbuildah manifest push --all --digestfile "$digests" "$list" "docker://$image:$tag"\n# Old versions of buildah end with 0 even if the registry did not take the list.\n[ -s "$digests" ] || fail "the push of $image:$tag failed"\nprintf \'Pushed %s:%s for %s\\n%s@%s\\n\' "$image" "$tag" "$platforms" "$image" "$(cat "$digests")"\n',
      },
    ],
    allows: {},
  },
  {
    id: 'buildah-reproducible',
    title: 'Reproducible with buildah',
    summary: 'the same commit gives the same digest, on another day and on another machine',
    as: 'files',
    group: 'shell',
    suits: [],
    rank: 20,
    advice: {
      take: 'Take it where somebody should be able to rebuild an image and compare the digest. Built is what is committed, in a folder with fixed times and rights, with bases that are pinned by digest.',
      not: 'Not with `apt-get update` and other steps that take what is newest today: no option of the builder can undo that. Use a snapshot of the archive, lock files, and let the compiler leave out times and paths.',
      costs:
        'It costs the cache: every build starts anew. The date of the image is the date of the commit, so tools that clean up by age see it as older than it is.',
    },
    parameters: [
      {
        name: 'image',
        ask: 'image with its registry',
        is: 'image',
        default: 'registry.example.com/app',
        proposals: [],
        from: 'image',
      },
    ],
    files: [
      {
        path: 'scripts/build-reproducible.sh',
        text: '#!/usr/bin/env bash\n# Builds an image from the last commit so that the same commit always gives the same digest.\nset -euo pipefail\n\nusage() {\n  cat <<\'END\'\nUsage: build-reproducible.sh [--check] TAG [FOLDER]\n\nBuilds the Dockerfile of FOLDER (default: the top of the repository) as IMAGE:TAG from\nwhat is committed and prints its digest. Nothing is pushed.\n\n  --check  builds twice and compares the digests\n\nEnvironment:\n  IMAGE    default «image»\n  SOURCE   address of the sources, for the label\n\nSubmodules and files in Git LFS are not part of the archive that is built.\nEND\n}\n\nfail() {\n  printf \'%s: %s\\n\' "${0##*/}" "$*" >&2\n  exit 1\n}\n\ncheck=\ncase "${1:-}" in\n  -h | --help)\n    usage\n    exit 0\n    ;;\n  --check)\n    check=yes\n    shift\n    ;;\n  *) ;;\nesac\n[ -n "${1:-}" ] || fail "the TAG is missing (--help says more)"\nif [ "$#" -gt 2 ]; then\n  usage >&2\n  exit 2\nfi\n\ntag=$1\nfolder=${2:-.}\nimage=${IMAGE:-«image»}\n[[ $tag =~ ^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$ ]] || fail "not a tag: \'$tag\'"\nfor tool in buildah git tar; do\n  command -v "$tool" >/dev/null || fail "$tool is not installed"\ndone\ntop=$(git rev-parse --show-toplevel) || fail "this is no Git repository"\n[ -z "$(git -C "$top" status --porcelain)" ] || printf \'Not committed, so not in the image:\\n%s\\n\' \\\n  "$(git -C "$top" status --short)" >&2\n\nepoch=$(git -C "$top" log -1 --format=%ct)\nrevision=$(git -C "$top" rev-parse HEAD)\ncreated=$(date -u -d "@$epoch" +%Y-%m-%dT%H:%M:%SZ 2>/dev/null || date -u -r "$epoch" +%Y-%m-%dT%H:%M:%SZ)\n\nwork=$(mktemp -d)\ntrap \'rm -rf "$work"\' EXIT\n\n# An archive, as the rights of a work tree depend on the umask of who checked it out, and ignored files lie around.\nmkdir "$work/source"\ngit -C "$top" -c tar.umask=0022 archive --format=tar HEAD | tar -x -C "$work/source"\ncontext=$work/source/$folder\ndockerfile=$context/Dockerfile\n[ -f "$dockerfile" ] || fail "no Dockerfile is committed in $folder"\n\n# A tag is another image tomorrow. Names of stages and scratch need no digest.\nfloating=$(awk \'\n  toupper($1) == "FROM" {\n    from = $2 ~ /^--/ ? $3 : $2\n    if (from != "scratch" && from !~ /@sha256:/ && !(tolower(from) in stages)) print "  " from\n    for (i = 3; i < NF; i++) if (tolower($i) == "as") stages[tolower($(i + 1))] = 1\n  }\' "$dockerfile")\n[ -z "$floating" ] || fail "pin these by digest first:\n$floating"\n\nbuild() {\n  # The timestamp is given here: in the environment it would be a second, different order.\n  env -u SOURCE_DATE_EPOCH buildah build \\\n    --timestamp "$epoch" \\\n    --layers=false \\\n    --no-cache \\\n    --identity-label=false \\\n    --build-arg "SOURCE=${SOURCE:-}" \\\n    --build-arg "VERSION=$tag" \\\n    --build-arg "REVISION=$revision" \\\n    --build-arg "CREATED=$created" \\\n    --tag "$image:$tag" \\\n    "$context"\n  # The digest is that of the manifest that a push would make.\n  rm -rf "$work/layout"\n  buildah push --quiet --digestfile "$work/digest" "$image:$tag" "oci:$work/layout"\n}\n\nbuild\ndigest=$(cat "$work/digest")\nif [ -n "$check" ]; then\n  build\n  again=$(cat "$work/digest")\n  [ "$digest" = "$again" ] || fail "two builds of $revision differ: $digest and $again"\n  printf \'Two builds of %s are equal\\n\' "$revision"\nfi\nprintf \'%s:%s %s\\n\' "$image" "$tag" "$digest"\n',
      },
    ],
    allows: {},
  },
  {
    id: 'build-to-push',
    title: 'Build, inspect, scan, tag, push',
    summary: 'what is scanned is what is pushed, as version and commit; a version that exists is refused',
    as: 'files',
    group: 'shell',
    suits: [],
    rank: 30,
    advice: {
      take: 'Take it where a person or a runner without Docker publishes releases: buildah, skopeo and trivy, no daemon, no rights of root. The layout that was scanned is pushed byte by byte, so both tags have the digest that is printed.',
      not: 'Not as the only guard: between the question and the push somebody else can push. Make release tags immutable in the registry too. Not where HEALTHCHECK is needed: the OCI format leaves it out.',
      costs:
        'It costs a copy of the image on the disk, and a scan that can fail tomorrow for a release that passed today: run it again every week.',
    },
    parameters: [
      {
        name: 'image',
        ask: 'image with its registry',
        is: 'image',
        default: 'registry.example.com/app',
        proposals: [],
        from: 'image',
      },
    ],
    files: [
      {
        path: 'scripts/release-image.sh',
        text: '#!/usr/bin/env bash\n# build -> inspect -> scan -> tag -> push\nset -euo pipefail\n\nusage() {\n  cat <<\'END\'\nUsage: release-image.sh [--first] VERSION [FOLDER]\n\nBuilds the Dockerfile of FOLDER (default: .), inspects and scans the image, and pushes\nit as IMAGE:VERSION and IMAGE:COMMIT. Stops if one of the tags exists.\n\n  VERSION  such as 1.4.0 or 1.4.0-rc.1\n  --first  the repository does not exist in the registry yet\n\nEnvironment:\n  IMAGE    default «image»\n  SOURCE   address of the sources, for the label; default: the remote origin\n\nLog in before: skopeo login REGISTRY\nEND\n}\n\nfail() {\n  printf \'%s: %s\\n\' "${0##*/}" "$*" >&2\n  exit 1\n}\n\nfirst=\ncase "${1:-}" in\n  -h | --help)\n    usage\n    exit 0\n    ;;\n  --first)\n    first=yes\n    shift\n    ;;\n  *) ;;\nesac\nif [ "$#" -lt 1 ] || [ "$#" -gt 2 ]; then\n  usage >&2\n  exit 2\nfi\n\nversion=$1\nfolder=${2:-.}\nimage=${IMAGE:-«image»}\n[[ $version =~ ^[0-9]+\\.[0-9]+\\.[0-9]+(-[A-Za-z0-9.-]+)?$ ]] || fail "not a version such as 1.4.0: \'$version\'"\n[ -d "$folder" ] || fail "no such folder: $folder"\nfor tool in buildah skopeo trivy git; do\n  command -v "$tool" >/dev/null || fail "$tool is not installed"\ndone\ncd "$folder"\n[ -z "$(git status --porcelain)" ] || fail "commit first: the tag of the commit would say something else"\nrevision=$(git rev-parse HEAD)\ncommit=${revision:0:12}\nsource=${SOURCE:-$(git remote get-url origin 2>/dev/null || true)}\n# An address may hold a token.\nsource=$(printf \'%s\' "$source" | sed -E \'s#^(https?://)[^/@]*@#\\1#\')\n\nwork=$(mktemp -d)\ntrap \'rm -rf "$work"\' EXIT\n\n# Only "there is none" means that a tag is free. No answer and no access do not.\nis_free() {\n  if skopeo inspect --raw "docker://$image:$1" >/dev/null 2>"$work/answer"; then\n    return 1\n  fi\n  [ -z "$first" ] || return 0\n  grep -qiE \'manifest unknown|name unknown|not found\' "$work/answer" ||\n    fail "cannot ask for $image:$1 (a new repository needs --first): $(tail -n 1 "$work/answer")"\n}\nis_free "$version" || fail "$image:$version exists; a release is never replaced"\nis_free "$commit" || fail "$image:$commit exists: give that image the version instead:\n  skopeo copy --all --preserve-digests docker://$image:$commit docker://$image:$version"\n\necho "1. Build"\nbuildah build --pull \\\n  --build-arg "SOURCE=$source" \\\n  --build-arg "VERSION=$version" \\\n  --build-arg "REVISION=$revision" \\\n  --build-arg "CREATED=$(date -u +%Y-%m-%dT%H:%M:%SZ)" \\\n  --tag "$image:$commit" .\n\necho "2. Inspect"\nuser=$(buildah inspect --type image --format \'{{.OCIv1.Config.User}}\' "$image:$commit")\nstart=$(buildah inspect --type image \\\n  --format \'{{.OCIv1.Config.Entrypoint}} {{.OCIv1.Config.Cmd}}\' "$image:$commit")\nlabel=$(buildah inspect --type image \\\n  --format \'{{index .OCIv1.Config.Labels "org.opencontainers.image.revision"}}\' "$image:$commit")\nprintf \'user %s, starts %s, revision %s\\n\' "${user:-none}" "$start" "${label:-none}"\ncase "${user%%:*}" in\n  \'\' | 0 | root) fail "the image runs as root" ;;\n  *) ;;\nesac\n[ "$start" != \'[] []\' ] || fail "the image starts nothing"\n[ "$label" = "$revision" ] || printf \'Warning: no label says the revision\\n\' >&2\n\necho "3. Scan"\nlayout=$work/layout\nbuildah push --quiet "$image:$commit" "oci:$layout:$commit"\ntrivy image --input "$layout" --exit-code 1 --severity HIGH,CRITICAL --ignore-unfixed ||\n  fail "the scan found something that can be fixed; nothing was pushed"\n\necho "4. Tag and push"\nfor tag in "$commit" "$version"; do\n  skopeo copy --quiet --preserve-digests "oci:$layout:$commit" "docker://$image:$tag"\ndone\ndigest=$(skopeo inspect --no-tags --format \'{{.Digest}}\' "docker://$image:$version")\nprintf \'%s:%s\\n%s:%s\\n%s@%s\\n\' "$image" "$version" "$image" "$commit" "$image" "$digest"\n',
      },
    ],
    allows: {},
  },
  {
    id: 'three-image-diet',
    title: 'Three image diet',
    summary: 'one Go program as a naive, a distroless and a scratch image, with a table that compares them',
    as: 'files',
    group: 'shell',
    suits: ['go', '!go.cgo'],
    rank: 40,
    advice: {
      take: 'Take it to see with your own program what several stages and a small base change: size, files, user, shell, findings of a scanner.',
      not: 'Not as a way to ship: the naive image runs as root with a compiler in it. Ship the distroless one; scratch has the certificates that were copied and no time zones, no user database and no `/tmp`.',
      costs:
        'It costs the disk of the largest. The findings that vanish belonged to packages that the program never used: less to attack, not a better program.',
    },
    parameters: [
      { name: 'app', ask: 'program', is: 'name', default: 'app', proposals: [], from: 'go.program' },
      {
        name: 'package',
        ask: 'package of the main function',
        is: 'path',
        default: './cmd/«app»',
        proposals: [],
        from: 'go.package',
      },
      {
        name: 'go',
        ask: 'Go version',
        is: 'version',
        default: '1.27',
        proposals: ['1.27', '1.26'],
        known: ['1.27', '1.26', '1.25', '1.24'],
        from: 'go.version',
      },
    ],
    files: [
      {
        path: 'diet/Dockerfile.naive',
        text: '# syntax=docker/dockerfile:1\n\n# For comparison only: everything in one stage, as root.\n# drydock global ignore=final-stage-sdk-image,copy-source-before-dependencies,copy-everything  this is the point\n# drydock global ignore=go-build-reproducible  this is the point\nFROM golang:«go»-trixie\nWORKDIR /work\nCOPY . .\nRUN CGO_ENABLED=0 go build -o /usr/local/bin/«app» «package»\nENTRYPOINT ["«app»"]\n',
      },
      {
        path: 'diet/Dockerfile.distroless',
        text: '# syntax=docker/dockerfile:1\n\nFROM golang:«go»-trixie AS build\nWORKDIR /src\nCOPY go.mod go.sum* ./\nRUN --mount=type=cache,target=/go/pkg/mod \\\n    go mod download\nRUN --mount=type=bind,target=/src \\\n    --mount=type=cache,target=/go/pkg/mod \\\n    --mount=type=cache,target=/root/.cache/go-build \\\n    CGO_ENABLED=0 go build -trimpath -ldflags="-s -w" -o /out/«app» «package»\n\nFROM gcr.io/distroless/static-debian13:nonroot\nCOPY --from=build /out/«app» /«app»\nUSER 65532:65532\nENTRYPOINT ["/«app»"]\n',
      },
      {
        path: 'diet/Dockerfile.scratch',
        text: '# syntax=docker/dockerfile:1\n\nFROM golang:«go»-trixie AS build\nWORKDIR /src\nCOPY go.mod go.sum* ./\nRUN --mount=type=cache,target=/go/pkg/mod \\\n    go mod download\nRUN --mount=type=bind,target=/src \\\n    --mount=type=cache,target=/go/pkg/mod \\\n    --mount=type=cache,target=/root/.cache/go-build \\\n    CGO_ENABLED=0 go build -trimpath -ldflags="-s -w" -o /out/«app» «package»\n\nFROM scratch\n# Without these, every HTTPS call fails.\nCOPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/\nCOPY --from=build /out/«app» /«app»\nUSER 65532:65532\nENTRYPOINT ["/«app»"]\n',
      },
      {
        path: 'scripts/image-diet.sh',
        text: '#!/usr/bin/env bash\n# Builds one program as several images and compares them in a table.\nset -euo pipefail\n\nusage() {\n  cat <<\'END\'\nUsage: image-diet.sh [DOCKERFILE...]\n\nBuilds each Dockerfile (default: diet/Dockerfile.naive, .distroless and .scratch) with\nthis folder as context and prints a table in Markdown. With trivy on the machine, also\nthe findings that are HIGH or CRITICAL.\n\nEnvironment:\n  ENGINE  docker or buildah; default: the first that is there\nEND\n}\n\nfail() {\n  printf \'%s: %s\\n\' "${0##*/}" "$*" >&2\n  exit 1\n}\n\ncase "${1:-}" in\n  -h | --help)\n    usage\n    exit 0\n    ;;\n  *) ;;\nesac\n[ "$#" -gt 0 ] || set -- diet/Dockerfile.naive diet/Dockerfile.distroless diet/Dockerfile.scratch\nfor dockerfile in "$@"; do\n  [ -f "$dockerfile" ] || fail "no such file: $dockerfile"\ndone\ncommand -v jq >/dev/null || fail "jq is not installed"\nengine=${ENGINE:-}\nfor one in docker buildah; do\n  if [ -z "$engine" ] && command -v "$one" >/dev/null; then engine=$one; fi\ndone\n[ -n "$engine" ] || fail "docker or buildah is needed"\nexport LC_ALL=C\n\nwork=$(mktemp -d)\ntrap \'rm -rf "$work"\' EXIT\n\nmegabytes() {\n  awk -v bytes="$1" \'BEGIN { printf "%.1f MB", bytes / 1048576 }\'\n}\n\nprintf \'| image | unpacked | to pull | files | user | shell | findings |\\n|---|---|---|---|---|---|---|\\n\'\nfor dockerfile in "$@"; do\n  name=${dockerfile##*/}\n  name=${name#Dockerfile.}\n  name=$(printf \'%s\' "$name" | tr \'[:upper:]\' \'[:lower:]\')\n  image=localhost/diet:$name\n  saved=$work/$name.tar\n  case "$engine" in\n    docker)\n      docker build --quiet --file "$dockerfile" --tag "$image" . >/dev/null\n      docker save --output "$saved" "$image"\n      ;;\n    buildah)\n      buildah build --quiet --layers --file "$dockerfile" --tag "$image" . >/dev/null\n      buildah push --quiet "$image" "docker-archive:$saved"\n      ;;\n    *) fail "ENGINE must be docker or buildah, not $engine" ;;\n  esac\n\n  rm -rf "$work/image"\n  mkdir "$work/image"\n  tar -xf "$saved" -C "$work/image"\n  unpacked=0\n  packed=0\n  : >"$work/list"\n  while IFS= read -r layer; do\n    gzip -dcf <"$work/image/$layer" >"$work/layer.tar"\n    unpacked=$((unpacked + $(wc -c <"$work/layer.tar")))\n    packed=$((packed + $(gzip -c <"$work/layer.tar" | wc -c)))\n    tar -tf "$work/layer.tar" >>"$work/list"\n  done < <(jq -r \'.[0].Layers[]\' "$work/image/manifest.json")\n  config=$work/image/$(jq -r \'.[0].Config\' "$work/image/manifest.json")\n  user=$(jq -r \'.config.User // ""\' "$config")\n  shell=no\n  if grep -qE \'^(\\./)?((usr/)?bin/(sh|bash|dash|ash)|busybox/sh)$\' "$work/list"; then shell=yes; fi\n  findings=\'-\'\n  if command -v trivy >/dev/null; then\n    findings=$(trivy image --quiet --scanners vuln --severity HIGH,CRITICAL --format json --input "$saved" |\n      jq \'[.Results[]? | .Vulnerabilities[]?] | length\')\n  fi\n  unpacked=$(megabytes "$unpacked")\n  packed=$(megabytes "$packed")\n  files=$(grep -vc \'/$\' "$work/list" || true)\n  printf \'| %s | %s | %s | %s | %s | %s | %s |\\n\' \\\n    "$name" "$unpacked" "$packed" "$files" "${user:-root}" "$shell" "$findings"\ndone\n',
      },
    ],
    allows: {
      'oci-labels-missing': 'for a comparison on one machine, nobody pulls them',
      'language-cache-mount': 'the naive image is what people write first',
      'user-missing': 'the naive image is what people write first',
    },
  },
  {
    id: 'size-audit',
    title: 'Size of an image, without a shell',
    summary: 'layers, folders, largest files and what is overwritten or deleted, from outside the image',
    as: 'files',
    group: 'shell',
    suits: [],
    rank: 50,
    advice: {
      take: 'Take it to see what an image spends its bytes on. It reads the saved image on the host, so distroless and scratch are no obstacle, and it counts what a later layer hides: a deleted file still travels.',
      not: 'Not as a gate in CI: workflow-size-budget compares with a baseline. For looking around by hand, `dive` shows the same in a terminal.',
      costs: 'It costs a copy of the image in a temporary folder, and `jq` and GNU tar on the machine.',
    },
    parameters: [],
    files: [
      {
        path: 'scripts/size-audit.sh',
        text: '#!/usr/bin/env bash\n# Says what an image spends its bytes on. Works on images without a shell, as nothing is started in them.\nset -euo pipefail\n\nusage() {\n  cat <<\'END\'\nUsage: size-audit.sh IMAGE [LINES]\n\n  IMAGE  an image of docker, podman or buildah on this machine, or the path of a file\n         that docker save wrote\n  LINES  how many lines each list has; default 15\n\nEnvironment:\n  ENGINE  docker, podman or buildah; default: the first that is there\nEND\n}\n\nfail() {\n  printf \'%s: %s\\n\' "${0##*/}" "$*" >&2\n  exit 1\n}\n\ncase "${1:-}" in\n  -h | --help)\n    usage\n    exit 0\n    ;;\n  *) ;;\nesac\nif [ "$#" -lt 1 ] || [ "$#" -gt 2 ]; then\n  usage >&2\n  exit 2\nfi\n\nimage=$1\nlines=${2:-15}\n[[ $lines =~ ^[1-9][0-9]*$ ]] || fail "not a number of lines: \'$lines\'"\ncommand -v jq >/dev/null || fail "jq is not installed"\ntar=tar\nif command -v gtar >/dev/null; then tar=gtar; fi\n"$tar" --version | grep -q GNU || fail "GNU tar is needed"\nexport LC_ALL=C\n\nwork=$(mktemp -d)\ntrap \'rm -rf "$work"\' EXIT\n\nif [ -f "$image" ]; then\n  saved=$image\nelse\n  saved=$work/saved.tar\n  engine=${ENGINE:-}\n  for one in docker podman buildah; do\n    if [ -z "$engine" ] && command -v "$one" >/dev/null; then engine=$one; fi\n  done\n  case "$engine" in\n    docker) docker save --output "$saved" "$image" ;;\n    podman) podman save --quiet --format docker-archive --output "$saved" "$image" ;;\n    buildah) buildah push --quiet "$image" "docker-archive:$saved" ;;\n    *) fail "docker, podman or buildah is needed" ;;\n  esac\nfi\nmkdir "$work/image"\n"$tar" -xf "$saved" -C "$work/image" || fail "$saved is no tar file"\n[ -f "$work/image/manifest.json" ] || fail "$saved was not written by docker save"\nconfig=$work/image/$(jq -r \'.[0].Config\' "$work/image/manifest.json")\n\n# Each layer as: number, size, name of a file. An engine may have compressed them.\n: >"$work/files"\n: >"$work/layers"\ncount=0\npacked=0\nwhile IFS= read -r layer; do\n  count=$((count + 1))\n  gzip -dcf <"$work/image/$layer" >"$work/layer.tar"\n  size=$(wc -c <"$work/layer.tar")\n  packed=$((packed + $(gzip -c <"$work/layer.tar" | wc -c)))\n  printf \'%d\\t%d\\n\' "$count" "$size" >>"$work/layers"\n  "$tar" -tvf "$work/layer.tar" | awk -v layer="$count" \'\n    {\n      size = $3\n      $1 = $2 = $3 = $4 = $5 = ""\n      sub(/^ +/, "")\n      sub(/ (->|link to) .*/, "")\n      sub(/^\\.\\//, "")\n      if ($0 !~ /\\/$/) print layer "\\t" size "\\t/" $0\n    }\' >>"$work/files"\ndone < <(jq -r \'.[0].Layers[]\' "$work/image/manifest.json")\n\nhuman=\'\n  function human(bytes) {\n    if (bytes >= 1048576) return sprintf("%.1f MB", bytes / 1048576)\n    if (bytes >= 1024) return sprintf("%.1f kB", bytes / 1024)\n    return bytes " B"\n  }\'\n\nprintf \'Image: %s\\n\' "$image"\njq -r \'(.config.User // "" | if . == "" then "root" else . end) as $user\n  | "User: \\($user), platform: \\(.os)/\\(.architecture)"\' "$config"\nawk -v packed="$packed" "$human"\'\n  { all += $2 }\n  END { print human(all) " unpacked, about " human(packed) " to pull" }\' "$work/layers"\n\nprintf \'\\nLayers\\n\'\njq -r \'.history // [] | map(select(.empty_layer != true)) | .[].created_by // ""\' "$config" |\n  awk -F \'\\t\' "$human"\'\n    NR == FNR { size[$1] = $2; layers = NR; next }\n    { step[FNR] = substr($0, 1, 90) }\n    END { for (i = 1; i <= layers; i++) printf "%12s  %2d  %s\\n", human(size[i]), i, step[i] }\' "$work/layers" -\n\nprintf \'\\nFolders\\n\'\nawk -F \'\\t\' \'\n  {\n    n = split($3, part, "/")\n    folder = n > 3 ? "/" part[2] "/" part[3] : n > 2 ? "/" part[2] : "/"\n    all[folder] += $2\n  }\n  END { for (folder in all) print all[folder] "\\t" folder }\' "$work/files" |\n  sort -rn | awk -F \'\\t\' -v lines="$lines" "$human"\'NR <= lines { printf "%12s  %s\\n", human($1), $2 }\'\n\nprintf \'\\nFiles\\n\'\nsort -t "$(printf \'\\t\')" -k2,2rn "$work/files" |\n  awk -F \'\\t\' -v lines="$lines" "$human"\'NR <= lines { printf "%12s  %2d  %s\\n", human($2), $1, $3 }\'\n\nprintf \'\\nHidden by a later layer, but still pulled\\n\'\nawk -F \'\\t\' \'\n  function hide(path, layer) {\n    if (path in size) print size[path] "\\t" layer "\\t" path\n    delete size[path]\n  }\n  {\n    name = $3\n    sub(/.*\\//, "", name)\n    folder = substr($3, 1, length($3) - length(name))\n    if (name == ".wh..wh..opq") {\n      for (path in size) if (index(path, folder) == 1 && at[path] < $1) hide(path, $1)\n    } else if (name ~ /^\\.wh\\./) {\n      gone = folder substr(name, 5)\n      hide(gone, $1)\n      for (path in size) if (index(path, gone "/") == 1) hide(path, $1)\n    } else {\n      hide($3, $1)\n      size[$3] = $2\n      at[$3] = $1\n    }\n  }\' "$work/files" | sort -rn |\n  awk -F \'\\t\' -v lines="$lines" "$human"\'\n    NR <= lines { printf "%12s  %2d  %s\\n", human($1), $2, $3 }\n    { all += $1 }\n    END { print (NR ? human(all) " in " NR " files" : "nothing") }\'\n',
      },
    ],
    allows: {},
  },
  {
    id: 'compare-vulnerabilities',
    title: 'Findings of two images compared',
    summary: 'what a new base or version brings, loses and keeps, by severity, with one database',
    as: 'files',
    group: 'shell',
    suits: [],
    rank: 60,
    advice: {
      take: 'Take it before a base or a version changes: both images are scanned with the same database, and the answer is what is new and what is gone. New findings end it with status 1.',
      not: 'Not as a measure of security. Fewer packages are fewer findings, not fewer mistakes in the program; a scanner also knows nothing of what it cannot recognise, such as a binary without module data.',
      costs: 'It costs a download of the database, and of both images where they are not on the machine.',
    },
    parameters: [],
    files: [
      {
        path: 'scripts/compare-vulnerabilities.sh',
        text: '#!/usr/bin/env bash\n# Says which findings a new image has that the old one had not, and which are gone.\nset -euo pipefail\n\nusage() {\n  cat <<\'END\'\nUsage: compare-vulnerabilities.sh OLD NEW\n\nScans two images with trivy, such as python:3.13-slim-trixie and python:3.14-slim-trixie.\nEnds with 0 if NEW has no finding that OLD has not, with 1 if it has, with 2 if it\ncould not compare.\n\nEnvironment:\n  PLATFORM  such as linux/arm64; default: that of this machine\n  FIXABLE   yes leaves out what nobody has fixed yet\nEND\n}\n\nfail() {\n  printf \'%s: %s\\n\' "${0##*/}" "$*" >&2\n  exit 2\n}\n\ncase "${1:-}" in\n  -h | --help)\n    usage\n    exit 0\n    ;;\n  *) ;;\nesac\nif [ "$#" -ne 2 ] || [ -z "$1" ] || [ -z "$2" ]; then\n  usage >&2\n  exit 2\nfi\nfor tool in trivy jq; do\n  command -v "$tool" >/dev/null || fail "$tool is not installed"\ndone\nexport LC_ALL=C\n\nwork=$(mktemp -d)\ntrap \'rm -rf "$work"\' EXIT\n\noptions=(--quiet --format json --scanners vuln --skip-db-update)\nif [ -n "${PLATFORM:-}" ]; then options+=(--platform "$PLATFORM"); fi\nif [ "${FIXABLE:-}" = yes ]; then options+=(--ignore-unfixed); fi\n\n# Once, before both: a database that is renewed in between would count as a difference.\ntrivy image --download-db-only || fail "the database cannot be had"\n\nscan() {\n  trivy image "${options[@]}" --output "$work/$1.json" "$2" || fail "cannot scan $2"\n  # One finding is one weakness in one package, whichever file it was seen in.\n  jq -r \'.Results[]? | .Vulnerabilities[]? | "\\(.VulnerabilityID) \\(.PkgName) \\(.Severity)"\' "$work/$1.json" |\n    sort -u >"$work/$1"\n}\nscan old "$1"\nscan new "$2"\n\nprintf \'%-10s %6s %6s\\n\' severity old new\nfor severity in CRITICAL HIGH MEDIUM LOW UNKNOWN; do\n  printf \'%-10s %6d %6d\\n\' "$severity" \\\n    "$(awk -v s="$severity" \'$3 == s\' "$work/old" | wc -l)" \\\n    "$(awk -v s="$severity" \'$3 == s\' "$work/new" | wc -l)"\ndone\n\ncomm -23 "$work/old" "$work/new" >"$work/gone"\ncomm -13 "$work/old" "$work/new" >"$work/added"\nprintf \'\\nGone with %s: %d\\n\' "$2" "$(wc -l <"$work/gone")"\nsed \'s/^/  - /\' "$work/gone"\nprintf \'\\nNew with %s: %d\\n\' "$2" "$(wc -l <"$work/added")"\nsed \'s/^/  + /\' "$work/added"\n[ ! -s "$work/added" ]\n',
      },
    ],
    allows: {},
  },
  {
    id: 'debug-container',
    title: 'Look into a container without a shell',
    summary:
      'ephemeral containers, files, ports, namespaces, system calls and profiles, for cluster and host',
    as: 'files',
    group: 'shell',
    suits: [],
    rank: 70,
    advice: {
      take: 'Take it when something runs wrong in an image without a shell: the tools come from an image or the host, and the image itself stays as it is.',
      not: 'Not as a way to repair: what is changed in a running container is gone at the next start. Build again and deploy.',
      costs:
        'It costs rights: `kubectl debug` needs those for ephemeral containers, the commands for the host need root there. An ephemeral container stays in the pod until the pod ends.',
    },
    parameters: [
      {
        name: 'tools',
        ask: 'image with the tools',
        is: 'image',
        default: 'nicolaka/netshoot:v0.16',
        proposals: [],
      },
    ],
    files: [
      {
        path: 'scripts/debug-container.sh',
        text: '#!/usr/bin/env bash\n# Looks into containers that have no shell.\nset -euo pipefail\n\nusage() {\n  cat <<\'END\'\nUsage: debug-container.sh COMMAND …\n\nIn a cluster (kubectl, its current context and namespace):\n  pod POD CONTAINER            a shell beside the container: its processes and its network\n  copy POD CONTAINER PATH TO   copies a file out, also without tar in the image\n  forward POD LOCAL REMOTE     makes the port REMOTE answer at 127.0.0.1:LOCAL\n\nWith docker or podman on this machine:\n  shell NAME                   a shell beside the container\n  files NAME PATH TO           copies a file or folder out\n\nAs root on the host of the container (docker or podman):\n  enter NAME [PROGRAM…]        the tools of the host in the network and processes of the container\n  trace NAME                   its system calls (strace)\n  profile NAME                 where its time goes (perf)\n\nEnvironment:\n  TOOLS   image with the tools; default «tools»\n  ENGINE  docker or podman; default: the first that is there\nEND\n}\n\nfail() {\n  printf \'%s: %s\\n\' "${0##*/}" "$*" >&2\n  exit 1\n}\n\nneed() {\n  command -v "$1" >/dev/null || fail "$1 is not installed"\n}\n\nengine() {\n  local one\n  for one in ${ENGINE:-docker podman}; do\n    if command -v "$one" >/dev/null; then\n      printf \'%s\' "$one"\n      return\n    fi\n  done\n  fail "docker or podman is needed"\n}\n\n# The number that the host gives to the first process of a container.\npid_of() {\n  local pid\n  pid=$("$(engine)" inspect --format \'{{.State.Pid}}\' "$1") || fail "no container $1"\n  [[ $pid =~ ^[1-9][0-9]*$ ]] || fail "$1 does not run"\n  printf \'%s\' "$pid"\n}\n\ntools=${TOOLS:-«tools»}\ncommand=${1:-}\n[ "$#" -eq 0 ] || shift\ncount=$#\nexpect() {\n  if [ "$count" -lt "$1" ] || [ "$count" -gt "$2" ]; then\n    usage >&2\n    exit 2\n  fi\n}\n\ncase "$command" in\n  -h | --help)\n    usage\n    ;;\n  pod)\n    expect 2 2\n    need kubectl\n    # --target shares the processes; the profile lets tools such as strace attach.\n    kubectl debug --stdin --tty "pod/$1" --image "$tools" --target "$2" --profile general -- sh\n    ;;\n  copy)\n    expect 4 4\n    need kubectl\n    if kubectl exec "$1" --container "$2" -- tar --version >/dev/null 2>&1; then\n      kubectl cp --container "$2" "$1:$3" "$4"\n    else\n      # Without tar, kubectl cp cannot work. A container beside it sees the files below /proc/1/root.\n      helper=copy-$(date +%s)\n      kubectl debug "pod/$1" --image "$tools" --target "$2" --profile general --container "$helper" -- sleep 600\n      for _ in $(seq 60); do\n        if kubectl exec "$1" --container "$helper" -- true 2>/dev/null; then break; fi\n        sleep 1\n      done\n      kubectl exec "$1" --container "$helper" -- cat "/proc/1/root$3" >"$4.part" ||\n        fail "cannot read $3 (a folder, or another path?)"\n      mv "$4.part" "$4"\n    fi\n    ;;\n  forward)\n    expect 3 3\n    need kubectl\n    kubectl port-forward "pod/$1" "$2:$3"\n    ;;\n  shell)\n    expect 1 1\n    "$(engine)" run --rm --interactive --tty --pid "container:$1" --network "container:$1" \\\n      --cap-add SYS_PTRACE "$tools" sh\n    ;;\n  files)\n    expect 3 3\n    "$(engine)" cp "$1:$2" "$3"\n    ;;\n  enter)\n    [ "$count" -ge 1 ] || expect 1 1\n    need nsenter\n    pid=$(pid_of "$1")\n    shift\n    [ "$#" -gt 0 ] || set -- sh\n    # Not the files of the container (--all): there is no shell in them to start.\n    nsenter --target "$pid" --net --ipc --uts --pid -- "$@"\n    ;;\n  trace)\n    expect 1 1\n    need strace\n    pid=$(pid_of "$1")\n    strace -f -p "$pid"\n    ;;\n  profile)\n    expect 1 1\n    need perf\n    pid=$(pid_of "$1")\n    perf top -p "$pid"\n    ;;\n  *)\n    usage >&2\n    exit 2\n    ;;\nesac\n',
      },
    ],
    allows: {},
  },
  {
    id: 'buildx-cache',
    title: 'Cache of buildx',
    summary: 'build with a cache in the registry, see what the cache holds, clean it by age and size',
    as: 'files',
    group: 'shell',
    suits: [],
    rank: 80,
    advice: {
      take: 'Take it where several machines or fresh runners build the same image: layers come from the registry, also those of stages that the image itself does not hold.',
      not: 'Not for cache mounts (`RUN --mount=type=cache`): no cache of layers carries them to another machine. There, a layer of its own for downloads helps.',
      costs:
        'It costs space and a push at every build, as `mode=max` keeps all stages. Who may write the cache can put something into your images: give pull requests only the right to read.',
    },
    parameters: [
      {
        name: 'image',
        ask: 'image with its registry',
        is: 'image',
        default: 'registry.example.com/app',
        proposals: [],
        from: 'image',
      },
    ],
    files: [
      {
        path: 'scripts/buildx-cache.sh',
        text: '#!/usr/bin/env bash\n# Builds with a cache in the registry, and shows and cleans the cache of the builder.\nset -euo pipefail\n\nusage() {\n  cat <<\'END\'\nUsage: buildx-cache.sh COMMAND …\n\n  build TAG [FOLDER]    builds and pushes IMAGE:TAG; layers come from and go to IMAGE:buildcache\n  usage                 what the cache of the builder holds\n  prune [AGE] [SPACE]   removes what was not used for AGE (default 48h), keeps at most SPACE (20gb)\n\nEnvironment:\n  IMAGE     default «image»\n  PLATFORM  separated by commas; default: that of the builder\n  BUILDER   name of the builder; default image-cache, which is made if it is not there\n  READONLY  yes takes layers from the cache but writes none, for pull requests\nEND\n}\n\nfail() {\n  printf \'%s: %s\\n\' "${0##*/}" "$*" >&2\n  exit 1\n}\n\ncommand=${1:-}\n[ "$#" -eq 0 ] || shift\nimage=${IMAGE:-«image»}\nbuilder=${BUILDER:-image-cache}\n\nneed_builder() {\n  docker buildx version >/dev/null 2>&1 || fail "docker buildx is not installed"\n  # The builder of the engine itself cannot write a cache of all stages: this one can.\n  docker buildx inspect "$builder" >/dev/null 2>&1 ||\n    docker buildx create --name "$builder" --driver docker-container >/dev/null\n}\n\ncase "$command" in\n  -h | --help)\n    usage\n    ;;\n  build)\n    if [ "$#" -lt 1 ] || [ "$#" -gt 2 ]; then\n      usage >&2\n      exit 2\n    fi\n    [[ $1 =~ ^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$ ]] || fail "not a tag: \'$1\'"\n    [ -d "${2:-.}" ] || fail "no such folder: $2"\n    need_builder\n    options=(--cache-from "type=registry,ref=$image:buildcache")\n    if [ "${READONLY:-}" != yes ]; then\n      # A cache that cannot be written is no reason for a failed build.\n      options+=(--cache-to "type=registry,ref=$image:buildcache,mode=max,ignore-error=true")\n    fi\n    if [ -n "${PLATFORM:-}" ]; then options+=(--platform "$PLATFORM"); fi\n    docker buildx build --builder "$builder" "${options[@]}" --tag "$image:$1" --push "${2:-.}"\n    ;;\n  usage)\n    need_builder\n    docker buildx du --builder "$builder"\n    ;;\n  prune)\n    [ "$#" -le 2 ] || fail "too many words (--help says more)"\n    age=${1:-48h}\n    space=${2:-20gb}\n    [[ $age =~ ^[0-9]+[smh]$ ]] || fail "not an age such as 48h: \'$age\'"\n    [[ $space =~ ^[0-9]+(kb|mb|gb)$ ]] || fail "not a size such as 20gb: \'$space\'"\n    need_builder\n    docker buildx prune --builder "$builder" --force --filter "until=$age"\n    docker buildx prune --builder "$builder" --force --max-used-space "$space"\n    ;;\n  *)\n    usage >&2\n    exit 2\n    ;;\nesac\n',
      },
    ],
    allows: {},
  },
  {
    id: 'just',
    title: 'just build, scan, push',
    summary: 'the commands for an image under short names, each step stops at the first mistake',
    as: 'files',
    group: 'shell',
    suits: [],
    rank: 90,
    advice: {
      take: 'Take it so that people and CI call the same commands: `just build`, `just scan`, `just push 1.4.0`.',
      not: 'Not to hide long scripts: what has loops and questions belongs into a script with tests.',
      costs: 'It costs one more program to install.',
    },
    parameters: [
      {
        name: 'image',
        ask: 'image with its registry',
        is: 'image',
        default: 'registry.example.com/app',
        proposals: [],
        from: 'image',
      },
    ],
    files: [
      {
        path: 'justfile',
        text: 'set shell := ["bash", "-euo", "pipefail", "-c"]\n\nimage := env("IMAGE", "«image»")\ncommit := `git rev-parse --short=12 HEAD`\n\n# Lists the commands\ndefault:\n    @just --list --unsorted\n\n# Builds the image of the commit\nbuild:\n    buildah build --pull --build-arg "REVISION=$(git rev-parse HEAD)" --tag "{{ image }}:{{ commit }}" .\n\n# Looks for findings that can be fixed\nscan: build\n    #!/usr/bin/env bash\n    # A line of its own would be a shell of its own: this is one script.\n    set -euo pipefail\n    layout=$(mktemp -d)\n    trap \'rm -rf "$layout"\' EXIT\n    buildah push --quiet "{{ image }}:{{ commit }}" "oci:$layout:{{ commit }}"\n    trivy image --input "$layout" --exit-code 1 --severity HIGH,CRITICAL --ignore-unfixed\n\n# Pushes as version and as commit, after a scan; a version that exists is refused\n[positional-arguments]\npush version: scan\n    #!/usr/bin/env bash\n    set -euo pipefail\n    version=$1\n    [[ $version =~ ^[0-9]+\\.[0-9]+\\.[0-9]+$ ]] || { echo "not a version such as 1.4.0: $version" >&2; exit 2; }\n    [ -z "$(git status --porcelain)" ] || { echo "commit first" >&2; exit 1; }\n    if tags=$(skopeo list-tags "docker://{{ image }}"); then\n      if grep -qF "\\"$version\\"" <<<"$tags"; then\n        echo "{{ image }}:$version exists" >&2\n        exit 1\n      fi\n    else\n      echo "cannot ask for the tags; push the first one by hand: buildah push {{ image }}:{{ commit }}" >&2\n      exit 1\n    fi\n    buildah push "{{ image }}:{{ commit }}"\n    skopeo copy --preserve-digests "docker://{{ image }}:{{ commit }}" "docker://{{ image }}:$version"\n',
      },
    ],
    allows: {},
  },
  {
    id: 'renovate',
    title: 'Renovate for images and actions',
    summary: 'pull requests for new digests, tags and action versions, digests merged by themselves',
    as: 'files',
    group: 'updates',
    suits: [],
    rank: 10,
    advice: {
      take: 'Take it with the first pinned digest: a pin that nobody renews keeps every known hole. Renovate writes digests where there are none, renews them, and keeps the version of an action as a remark behind its commit.',
      not: 'Not beside Dependabot for the same files: both would open pull requests.',
      costs:
        'It costs a bot with write access to the repository, and pull requests that somebody reads. Digests merge by themselves only if your tests pass: without tests, take `automerge` out.',
    },
    parameters: [],
    files: [
      {
        path: 'renovate.json',
        text: '{\n  "$schema": "https://docs.renovatebot.com/renovate-schema.json",\n  "extends": [\n    "config:recommended",\n    "docker:pinDigests",\n    "helpers:pinGitHubActionDigests",\n    "customManagers:dockerfileVersions"\n  ],\n  "packageRules": [\n    {\n      "description": "The same tag, built again: repairs in the base",\n      "matchDatasources": ["docker"],\n      "matchUpdateTypes": ["digest"],\n      "groupName": "base images",\n      "schedule": ["before 6am on monday"],\n      "automerge": true\n    },\n    {\n      "description": "Another version or another release of the distribution: a person decides",\n      "matchDatasources": ["docker"],\n      "matchUpdateTypes": ["major", "minor"],\n      "automerge": false\n    },\n    {\n      "description": "Time for others to notice a hijacked release",\n      "matchManagers": ["github-actions"],\n      "minimumReleaseAge": "7 days",\n      "groupName": "actions"\n    }\n  ]\n}\n',
      },
    ],
    allows: {},
  },
  {
    id: 'dependabot',
    title: 'Dependabot for images and actions',
    summary: 'weekly pull requests for base images and actions, in groups, some days after a release',
    as: 'files',
    group: 'updates',
    suits: [],
    rank: 20,
    advice: {
      take: 'Take it on GitHub where no other bot is wanted: nothing to install, and it renews the digest together with the tag, and the commit of an action together with the remark behind it.',
      not: 'Not to write the first digests: it renews only what is pinned already. Not beside Renovate for the same files.',
      costs: 'It costs a pull request a week for each group. It does not merge by itself.',
    },
    parameters: [],
    files: [
      {
        path: '.github/dependabot.yml',
        text: "version: 2\nupdates:\n  - package-ecosystem: docker\n    # Each folder that holds a Dockerfile; /** would be all.\n    directories: ['/']\n    schedule:\n      interval: weekly\n    cooldown:\n      default-days: 7\n    groups:\n      images:\n        patterns: ['*']\n        update-types: [minor, patch]\n  - package-ecosystem: github-actions\n    directory: /\n    schedule:\n      interval: weekly\n    # Time for others to notice a hijacked release.\n    cooldown:\n      default-days: 7\n    groups:\n      actions:\n        patterns: ['*']\n",
      },
    ],
    allows: {},
  },
  {
    id: 'user-debian',
    title: 'User on Debian and Ubuntu',
    summary: 'creates a user on Debian or Ubuntu and runs as it',
    as: 'part',
    group: 'users',
    suits: [],
    rank: 10,
    advice: {
      take: 'Take it for a base of Debian or Ubuntu that has root only.',
      not: 'Not on distroless and Chainguard bases: they have a user.',
      costs: 'It costs a layer of a few kB.',
    },
    parameters: [
      { name: 'user', ask: 'user', is: 'name', default: 'app', proposals: [] },
      { name: 'uid', ask: 'number of the user', is: 'number', default: '10001', proposals: [] },
    ],
    files: [{ path: '', text: 'RUN useradd --create-home --uid «uid» «user»\nUSER «uid»' }],
    allows: {},
  },
  {
    id: 'user-alpine',
    title: 'User on Alpine',
    summary: 'creates a user on Alpine and runs as it',
    as: 'part',
    group: 'users',
    suits: [],
    rank: 11,
    advice: {
      take: 'Take it on Alpine and other bases with busybox.',
      not: 'Not on bases that have a user.',
      costs: 'It costs a layer of a few kB.',
    },
    parameters: [
      { name: 'user', ask: 'user', is: 'name', default: 'app', proposals: [] },
      { name: 'uid', ask: 'number of the user', is: 'number', default: '10001', proposals: [] },
    ],
    files: [{ path: '', text: 'RUN adduser -D -u «uid» «user»\nUSER «uid»' }],
    allows: {},
  },
  {
    id: 'workflow-build-sign',
    title: 'Workflow: build, scan, sign',
    summary:
      'two platforms on native runners, SBOM and provenance, a scan as gate, keyless signature, verified',
    as: 'files',
    group: 'workflows',
    suits: [],
    rank: 10,
    advice: {
      take: 'Take it for a project on GitHub whose images others run: every push to the main branch and every tag `v1.2.3` becomes an image in `ghcr.io` that people can verify. The version is set last, on a digest that is scanned, signed and verified.',
      not: 'Not in a private repository without GitHub Enterprise Cloud: `actions/attest` needs it; take out its steps and `gh attestation verify`. The Dockerfile has to accept `VERSION`, `REVISION`, `CREATED` and `SOURCE` as ARG, or the labels stay empty.',
      costs:
        'It costs public facts: names and digests stand in the transparency log for ever, and provenance shows the build arguments. Cache mounts start empty on hosted runners; only layers are kept, and none at all is taken for a release.',
    },
    parameters: [
      { name: 'branch', ask: 'main branch', is: 'path', default: 'main', proposals: [], from: 'branch' },
    ],
    files: [
      {
        path: '.github/workflows/image.yml',
        text: 'name: image\non:\n  push:\n    branches: [«branch»]\n    tags: [\'v*.*.*\']\n\npermissions: {}\n\nconcurrency:\n  group: image-${{ github.ref }}\n\njobs:\n  build:\n    strategy:\n      matrix:\n        include:\n          - { arch: amd64, runner: ubuntu-24.04 }\n          - { arch: arm64, runner: ubuntu-24.04-arm }\n    runs-on: ${{ matrix.runner }}\n    timeout-minutes: 60\n    permissions:\n      contents: read\n      packages: write # pushes layers\n    steps:\n      - uses: actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1\n        with:\n          persist-credentials: false\n      - name: Names and labels\n        id: names\n        run: |\n          # A repository may be written with capitals, an image may not.\n          {\n            echo "image=ghcr.io/${GITHUB_REPOSITORY,,}"\n            echo "version=${GITHUB_REF_NAME#v}"\n            echo "created=$(git log -1 --format=%cI)"\n          } >>"$GITHUB_OUTPUT"\n      - uses: docker/setup-buildx-action@37fe631027851001ddb9b187196cc803df7f5f0e # v4.3.0\n      - uses: docker/login-action@4907a6ddec9925e35a0a9e82d7399ccc52663121 # v4.1.0\n        with:\n          registry: ghcr.io\n          username: ${{ github.actor }}\n          password: ${{ secrets.GITHUB_TOKEN }}\n      - name: Build and push, without a tag\n        id: build\n        uses: docker/build-push-action@53b7df96c91f9c12dcc8a07bcb9ccacbed38856a # v7.3.0\n        with:\n          context: .\n          pull: true\n          platforms: linux/${{ matrix.arch }}\n          outputs: >-\n            type=image,name=${{ steps.names.outputs.image }},push-by-digest=true,name-canonical=true,push=true\n          provenance: mode=max\n          sbom: true\n          build-args: |\n            SOURCE=${{ github.server_url }}/${{ github.repository }}\n            VERSION=${{ steps.names.outputs.version }}\n            REVISION=${{ github.sha }}\n            CREATED=${{ steps.names.outputs.created }}\n          # Whoever can write the cache could put a layer into a release: releases are built without.\n          cache-from: ${{ github.ref_type == \'branch\' && format(\'type=gha,scope=image-{0}\', matrix.arch) || \'\' }}\n          cache-to: >-\n            ${{ github.ref_type == \'branch\' && format(\'type=gha,mode=max,scope=image-{0}\', matrix.arch) || \'\' }}\n      - name: Scan\n        uses: aquasecurity/trivy-action@ed142fd0673e97e23eac54620cfb913e5ce36c25 # v0.36.0\n        env:\n          TRIVY_PLATFORM: linux/${{ matrix.arch }}\n        with:\n          image-ref: ${{ steps.names.outputs.image }}@${{ steps.build.outputs.digest }}\n          severity: CRITICAL,HIGH\n          ignore-unfixed: true\n          exit-code: 1\n      - name: Note the digest\n        env:\n          DIGEST: ${{ steps.build.outputs.digest }}\n        run: |\n          mkdir digests\n          touch "digests/${DIGEST#sha256:}"\n      - uses: actions/upload-artifact@bbbca2ddaa5d8feaa63e36b76fdaad77386f024f # v7.0.0\n        with:\n          name: digest-${{ matrix.arch }}\n          path: digests/*\n          if-no-files-found: error\n          retention-days: 1\n\n  publish:\n    needs: build\n    runs-on: ubuntu-24.04\n    timeout-minutes: 20\n    permissions:\n      packages: write # tags, signature and attestations\n      id-token: write # the identity that signs\n      attestations: write\n    steps:\n      - uses: actions/download-artifact@3e5f45b2cfb9172054b4087a40e8e0b5a5461e7c # v8.0.1\n        with:\n          path: digests\n          pattern: digest-*\n          merge-multiple: true\n      - uses: docker/setup-buildx-action@37fe631027851001ddb9b187196cc803df7f5f0e # v4.3.0\n      - uses: docker/login-action@4907a6ddec9925e35a0a9e82d7399ccc52663121 # v4.1.0\n        with:\n          registry: ghcr.io\n          username: ${{ github.actor }}\n          password: ${{ secrets.GITHUB_TOKEN }}\n      - name: Join the platforms under the commit\n        id: index\n        run: |\n          image=ghcr.io/${GITHUB_REPOSITORY,,}\n          # A release of the same commit is another build: neither takes the name of the other.\n          name=$GITHUB_SHA\n          [ "$GITHUB_REF_TYPE" = branch ] || name=$GITHUB_SHA-$GITHUB_REF_NAME\n          sources=()\n          for digest in digests/*; do\n            sources+=("$image@sha256:${digest##*/}")\n          done\n          [ "${#sources[@]}" -eq 2 ] || { echo "::error::expected 2 platforms, got ${#sources[@]}"; exit 1; }\n          docker buildx imagetools create --tag "$image:$name" "${sources[@]}"\n          digest=$(docker buildx imagetools inspect "$image:$name" --format \'{{.Manifest.Digest}}\')\n          for arch in amd64 arm64; do\n            docker buildx imagetools inspect "$image@$digest" \\\n              --format "{{ json (index .SBOM \\"linux/$arch\\").SPDX }}" >"sbom-$arch.json"\n            jq --exit-status .spdxVersion "sbom-$arch.json"\n          done\n          {\n            echo "image=$image"\n            echo "digest=$digest"\n          } >>"$GITHUB_OUTPUT"\n      - uses: sigstore/cosign-installer@6f9f17788090df1f26f669e9d70d6ae9567deba6 # v4.1.2\n      - name: Sign\n        env:\n          SUBJECT: ${{ steps.index.outputs.image }}@${{ steps.index.outputs.digest }}\n        run: cosign sign --yes "$SUBJECT"\n      - name: Attest where it was built\n        uses: actions/attest@1e69f48acb82d1966a394da916b4c1698aa569d6 # v4.2.2\n        with:\n          subject-name: ${{ steps.index.outputs.image }}\n          subject-digest: ${{ steps.index.outputs.digest }}\n          push-to-registry: true\n          create-storage-record: false\n      - name: Attest what is in it (amd64)\n        uses: actions/attest@1e69f48acb82d1966a394da916b4c1698aa569d6 # v4.2.2\n        with:\n          subject-name: ${{ steps.index.outputs.image }}\n          subject-digest: ${{ steps.index.outputs.digest }}\n          sbom-path: sbom-amd64.json\n          push-to-registry: true\n          create-storage-record: false\n      - name: Attest what is in it (arm64)\n        uses: actions/attest@1e69f48acb82d1966a394da916b4c1698aa569d6 # v4.2.2\n        with:\n          subject-name: ${{ steps.index.outputs.image }}\n          subject-digest: ${{ steps.index.outputs.digest }}\n          sbom-path: sbom-arm64.json\n          push-to-registry: true\n          create-storage-record: false\n      - name: Verify as those who pull it do\n        env:\n          GH_TOKEN: ${{ secrets.GITHUB_TOKEN }}\n          SUBJECT: ${{ steps.index.outputs.image }}@${{ steps.index.outputs.digest }}\n        run: |\n          cosign verify "$SUBJECT" \\\n            --certificate-identity "https://github.com/$GITHUB_WORKFLOW_REF" \\\n            --certificate-oidc-issuer https://token.actions.githubusercontent.com\n          gh attestation verify "oci://$SUBJECT" --repo "$GITHUB_REPOSITORY"\n      - name: Set the version\n        if: github.ref_type == \'tag\'\n        env:\n          IMAGE: ${{ steps.index.outputs.image }}\n          DIGEST: ${{ steps.index.outputs.digest }}\n        run: |\n          version=${GITHUB_REF_NAME#v}\n          there=$(docker buildx imagetools inspect "$IMAGE:$version" --format \'{{.Manifest.Digest}}\' || true)\n          if [ -n "$there" ] && [ "$there" != "$DIGEST" ]; then\n            echo "::error::$IMAGE:$version exists as $there; a release is never replaced"\n            exit 1\n          fi\n          docker buildx imagetools create --tag "$IMAGE:$version" "$IMAGE@$DIGEST"\n          echo "$IMAGE:$version@$DIGEST" >>"$GITHUB_STEP_SUMMARY"\n',
      },
    ],
    allows: {},
  },
  {
    id: 'workflow-weekly-rebuild',
    title: 'Workflow: weekly rebuild',
    summary:
      'the last release built again on the newest base, scanned before the push, with the date in its tag',
    as: 'files',
    group: 'workflows',
    suits: [],
    rank: 20,
    advice: {
      take: 'Take it so that repairs in the base reach an image whose own code does not change. It builds the newest tag `v1.2.3` again and pushes it as `1.2.3-20261130`; the release itself stays as it is.',
      not: 'Not with bases pinned by digest: the same digest gives the same image every week. There Renovate or Dependabot brings the new digest as a pull request, and that is the rebuild. Not for several platforms: it builds for amd64.',
      costs:
        'It costs an image a week in the registry, so clean up old dates. GitHub stops the schedule after 60 days without a commit, and says so by mail only to the one who wrote it last.',
    },
    parameters: [],
    files: [
      {
        path: '.github/workflows/rebuild.yml',
        text: 'name: rebuild\non:\n  schedule:\n    - cron: \'23 4 * * 1\'\n  # Also by hand: after a repair in the base, and to start the schedule again after 60 quiet days.\n  workflow_dispatch:\n\npermissions: {}\n\nconcurrency:\n  group: rebuild\n\njobs:\n  rebuild:\n    runs-on: ubuntu-24.04\n    timeout-minutes: 60\n    permissions:\n      contents: read\n      packages: write\n      id-token: write # the identity that signs\n    steps:\n      - uses: actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1\n        with:\n          persist-credentials: false\n          fetch-depth: 0\n      - name: Go to the last release\n        id: release\n        run: |\n          tag=$(git tag --list \'v*.*.*\' --sort=-version:refname | grep -E \'^v[0-9]+\\.[0-9]+\\.[0-9]+$\' | head -n 1)\n          [ -n "$tag" ] || { echo \'::error::there is no tag such as v1.2.3\'; exit 1; }\n          git checkout --quiet "$tag"\n          {\n            echo "image=ghcr.io/${GITHUB_REPOSITORY,,}:${tag#v}-$(date -u +%Y%m%d)"\n            echo "version=${tag#v}"\n            echo "revision=$(git rev-parse HEAD)"\n          } >>"$GITHUB_OUTPUT"\n      # Before the build: also the bases may need it.\n      - uses: docker/login-action@4907a6ddec9925e35a0a9e82d7399ccc52663121 # v4.1.0\n        with:\n          registry: ghcr.io\n          username: ${{ github.actor }}\n          password: ${{ secrets.GITHUB_TOKEN }}\n      - name: Build\n        env:\n          IMAGE: ${{ steps.release.outputs.image }}\n          VERSION: ${{ steps.release.outputs.version }}\n          REVISION: ${{ steps.release.outputs.revision }}\n        run: |\n          # --pull for the newest base, --no-cache for the newest packages.\n          docker build --pull --no-cache \\\n            --build-arg "SOURCE=$GITHUB_SERVER_URL/$GITHUB_REPOSITORY" \\\n            --build-arg "VERSION=$VERSION" \\\n            --build-arg "REVISION=$REVISION" \\\n            --build-arg "CREATED=$(date -u +%Y-%m-%dT%H:%M:%SZ)" \\\n            --tag "$IMAGE" .\n      - name: Scan\n        uses: aquasecurity/trivy-action@ed142fd0673e97e23eac54620cfb913e5ce36c25 # v0.36.0\n        with:\n          image-ref: ${{ steps.release.outputs.image }}\n          severity: CRITICAL,HIGH\n          ignore-unfixed: true\n          exit-code: 1\n      - name: Push\n        id: push\n        env:\n          IMAGE: ${{ steps.release.outputs.image }}\n        run: |\n          docker push "$IMAGE"\n          echo "subject=$(docker image inspect --format \'{{index .RepoDigests 0}}\' "$IMAGE")" >>"$GITHUB_OUTPUT"\n      - uses: sigstore/cosign-installer@6f9f17788090df1f26f669e9d70d6ae9567deba6 # v4.1.2\n      - name: Sign\n        env:\n          SUBJECT: ${{ steps.push.outputs.subject }}\n        run: cosign sign --yes "$SUBJECT"\n',
      },
    ],
    allows: {},
  },
  {
    id: 'workflow-size-budget',
    title: 'Workflow: size budget',
    summary: 'a pull request whose image grows by more than 5 % fails until somebody changes the number',
    as: 'files',
    group: 'workflows',
    suits: [],
    rank: 30,
    advice: {
      take: 'Take it so that growth is a decision: the size stands in the file `.image-size` of the repository, and a larger image needs a changed number in the same pull request. Surprises are mostly a compiler or a cache that was left behind.',
      not: 'Not as a guard against findings: a small image can have many.',
      costs:
        'It costs a build for every pull request. A new base can pass the limit without any change of your own: then the number is changed with the base.',
    },
    parameters: [{ name: 'percent', ask: 'growth in percent', is: 'number', default: '5', proposals: [] }],
    files: [
      {
        path: '.github/workflows/size.yml',
        text: 'name: size\non: pull_request\n\npermissions: {}\n\nconcurrency:\n  group: size-${{ github.ref }}\n  cancel-in-progress: true\n\njobs:\n  size:\n    runs-on: ubuntu-24.04\n    timeout-minutes: 30\n    permissions:\n      contents: read\n    steps:\n      - uses: actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1\n        with:\n          persist-credentials: false\n      - name: Build\n        run: docker build --pull --tag localhost/size:now .\n      - name: Compare with the budget\n        env:\n          PERCENT: \'«percent»\'\n        run: |\n          docker save --output "$RUNNER_TEMP/image.tar" localhost/size:now\n          mkdir "$RUNNER_TEMP/image"\n          tar -xf "$RUNNER_TEMP/image.tar" -C "$RUNNER_TEMP/image"\n          # The unpacked layers: what an engine reports depends on how it stores them.\n          now=0\n          while IFS= read -r layer; do\n            now=$((now + $(gzip -dcf <"$RUNNER_TEMP/image/$layer" | wc -c)))\n          done < <(jq -r \'.[0].Layers[]\' "$RUNNER_TEMP/image/manifest.json")\n          base=$(cat .image-size 2>/dev/null || true)\n          if ! [[ $base =~ ^[1-9][0-9]*$ ]]; then\n            echo "::error::There is no budget yet. Commit a file .image-size with this line: $now"\n            exit 1\n          fi\n          limit=$((base + base * PERCENT / 100))\n          echo "size $now, budget $base, limit $limit" | tee -a "$GITHUB_STEP_SUMMARY"\n          if [ "$now" -gt "$limit" ]; then\n            docker history --no-trunc --format \'{{.Size}}\\t{{.CreatedBy}}\' localhost/size:now\n            echo "::error::The image grew by more than $PERCENT %. If that is wanted, set .image-size to $now"\n            exit 1\n          fi\n          if [ $((now * 100)) -lt $((base * (100 - PERCENT))) ]; then\n            echo "::notice::The image became smaller. Set .image-size to $now to keep it so"\n          fi\n',
      },
    ],
    allows: {},
  },
  {
    id: 'workflow-buildah',
    title: 'Workflow: buildah without Docker',
    summary: 'builds without a daemon or Docker-in-Docker, scans the layout that is pushed, signs its digest',
    as: 'files',
    group: 'workflows',
    suits: [],
    rank: 40,
    advice: {
      take: "Take it where builds must not have a Docker daemon or a privileged container: buildah, podman and skopeo are on GitHub's Ubuntu runners and run without root.",
      not: 'Not for builds that live from BuildKit: buildah reads most of a Dockerfile, but has no cache of all stages in the store of GitHub, and no SBOM or provenance of its own.',
      costs: 'It costs a build from the start at every run. The OCI format leaves HEALTHCHECK out.',
    },
    parameters: [
      { name: 'branch', ask: 'main branch', is: 'path', default: 'main', proposals: [], from: 'branch' },
    ],
    files: [
      {
        path: '.github/workflows/image-buildah.yml',
        text: 'name: image\non:\n  push:\n    branches: [«branch»]\n\npermissions: {}\n\nconcurrency:\n  group: image-${{ github.ref }}\n\njobs:\n  image:\n    runs-on: ubuntu-24.04\n    timeout-minutes: 60\n    permissions:\n      contents: read\n      packages: write\n      id-token: write # the identity that signs\n    steps:\n      - uses: actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1\n        with:\n          persist-credentials: false\n      - name: Build\n        id: build\n        run: |\n          image=ghcr.io/${GITHUB_REPOSITORY,,}\n          buildah build --pull \\\n            --build-arg "SOURCE=$GITHUB_SERVER_URL/$GITHUB_REPOSITORY" \\\n            --build-arg "VERSION=$GITHUB_SHA" \\\n            --build-arg "REVISION=$GITHUB_SHA" \\\n            --build-arg "CREATED=$(git log -1 --format=%cI)" \\\n            --tag "$image:$GITHUB_SHA" .\n          # A layout on the disk: what is scanned is what is pushed.\n          buildah push --digestfile digest "$image:$GITHUB_SHA" "oci:layout:$GITHUB_SHA"\n          {\n            echo "image=$image"\n            echo "digest=$(cat digest)"\n          } >>"$GITHUB_OUTPUT"\n      - name: Scan\n        uses: aquasecurity/trivy-action@ed142fd0673e97e23eac54620cfb913e5ce36c25 # v0.36.0\n        with:\n          input: layout\n          severity: CRITICAL,HIGH\n          ignore-unfixed: true\n          exit-code: 1\n      - name: Log in\n        env:\n          ACTOR: ${{ github.actor }}\n          TOKEN: ${{ secrets.GITHUB_TOKEN }}\n        run: |\n          # Also for cosign, which reads the file of Docker.\n          mkdir -p "$HOME/.docker"\n          skopeo login --username "$ACTOR" --password-stdin \\\n            --authfile "$HOME/.docker/config.json" ghcr.io <<<"$TOKEN"\n      - name: Push\n        env:\n          IMAGE: ${{ steps.build.outputs.image }}\n        run: |\n          skopeo copy --preserve-digests --authfile "$HOME/.docker/config.json" \\\n            "oci:layout:$GITHUB_SHA" "docker://$IMAGE:$GITHUB_SHA"\n      - uses: sigstore/cosign-installer@6f9f17788090df1f26f669e9d70d6ae9567deba6 # v4.1.2\n      - name: Sign and verify\n        env:\n          SUBJECT: ${{ steps.build.outputs.image }}@${{ steps.build.outputs.digest }}\n        run: |\n          cosign sign --yes "$SUBJECT"\n          cosign verify "$SUBJECT" \\\n            --certificate-identity "https://github.com/$GITHUB_WORKFLOW_REF" \\\n            --certificate-oidc-issuer https://token.actions.githubusercontent.com\n',
      },
    ],
    allows: {},
  },
];
