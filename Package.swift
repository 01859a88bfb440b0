// swift-tools-version: 6.2
import PackageDescription

/// The rules every Swift target lives by.
let house: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .strictMemorySafety(),
    .treatAllWarnings(as: .error),
]

/// How the release program is linked: without what nothing uses, and with relocations that take an eighth of the room.
let small: [LinkerSetting] = [
    .unsafeFlags(
        [
            "-use-ld=lld", "-Xlinker", "--icf=safe", "-Xlinker", "--no-export-dynamic", "-Xlinker", "-z", "-Xlinker",
            "pack-relative-relocs",
        ], .when(configuration: .release))
]

/// Tests that take minutes are built when they are asked for.
let patience = Context.environment["PUSH_COLLECTOR_SOAK"] == nil ? ["FaultSoakTests.swift"] : []

let argumentParser: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")
let deque: Target.Dependency = .product(name: "DequeModule", package: "swift-collections")
let signals: Target.Dependency = .product(name: "UnixSignals", package: "swift-service-lifecycle")
let lifecycle: Target.Dependency = .product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")
let nio: [Target.Dependency] = ["NIOCore", "NIOHTTP1", "NIOPosix"].map { .product(name: $0, package: "swift-nio") }
let nioSSL: Target.Dependency = .product(name: "NIOSSL", package: "swift-nio-ssl")
let nioTLS: Target.Dependency = .product(name: "NIOTLS", package: "swift-nio")
let nioEmbedded: Target.Dependency = .product(name: "NIOEmbedded", package: "swift-nio")
let protobuf: Target.Dependency = .product(name: "SwiftProtobuf", package: "swift-protobuf")

/// One module of the house: `docs/architecture.md` has the floor plan, `Tests/Architecture` holds it.
func module(_ name: String, uses dependencies: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: house)
}

func tests(_ module: String, uses dependencies: [Target.Dependency] = []) -> Target {
    .testTarget(
        name: "\(module)Tests", dependencies: [.init(stringLiteral: module), "Fixtures"] + dependencies,
        swiftSettings: house)
}

let package = Package(
    name: "push-collector",
    products: [.executable(name: "push-collector", targets: ["PushCollector"])],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
        .package(url: "https://github.com/apple/swift-collections", exact: "1.6.0"),
        .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", exact: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl", exact: "2.37.6"),
        .package(url: "https://github.com/apple/swift-protobuf", exact: "1.39.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", exact: "2.13.0"),
    ],
    targets: [
        // C doors.
        .target(name: "CRE2", linkerSettings: [.linkedLibrary("re2")]),
        .target(name: "CScan"),
        .target(name: "CProcess"),
        .target(name: "CCurlShim", dependencies: ["CCurl"]),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .systemLibrary(name: "CDeflate", pkgConfig: "libdeflate", providers: [.apt(["libdeflate-dev"])]),
        .systemLibrary(name: "CSnappy", providers: [.apt(["libsnappy-dev"])]),
        .systemLibrary(name: "CZstd", pkgConfig: "libzstd", providers: [.apt(["libzstd-dev"])]),
        .systemLibrary(name: "CYaml", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),
        .systemLibrary(name: "CCrypt", providers: [.apt(["libcrypt-dev"])]),
        .systemLibrary(name: "CCurl", providers: [.apt(["libcurl4-openssl-dev"])]),
        // Floor 0.
        module("Settings"),
        module("Samples"),
        module("Bytes", uses: ["CScan"]),
        module("Systemd"),
        module("Telemetry", uses: [logging]),
        module("SettingsFile", uses: ["Settings", "Bytes", "CYaml"]),
        module("Passwords", uses: ["CCrypt"]),
        // Floor I.
        module("Discovery", uses: ["Settings"]),
        module("Compression", uses: ["CZlib", "CDeflate", "CSnappy", "CZstd"]),
        module("Exposition", uses: ["Bytes", "Samples"]),
        module("Relabeling", uses: ["Bytes", "Samples", "Settings", "CRE2"]),
        module("RemoteWrite", uses: ["Bytes", "Samples"]),
        // Floor II.
        module(
            "Delivery",
            uses: ["Samples", "RemoteWrite", "Relabeling", "Compression", "Settings", "Telemetry", logging, deque]),
        // Floor III.
        module("Status", uses: ["Delivery", "Settings", "Telemetry", "Bytes"]),
        module("CurlTransport", uses: ["Delivery", "Discovery", "Bytes", "Settings", "CCurl", "CCurlShim", lifecycle]),
        // Floor IV.
        module(
            "Ingest",
            uses: [
                "Settings", "Samples", "Bytes", "Telemetry", "Compression", "Exposition", "Relabeling", "RemoteWrite",
                "Delivery", "Passwords", "Status", logging, lifecycle, nioSSL, nioTLS,
            ] + nio),
        module(
            "Scraping",
            uses: [
                "Settings", "Samples", "Bytes", "Telemetry", "Compression", "Exposition", "Relabeling", "RemoteWrite",
                "Delivery", "Discovery", logging,
            ]),
        module("EmbeddedReceiver", uses: ["RemoteWrite", "Compression", logging, lifecycle] + nio),
        // Floor V.
        .executableTarget(
            name: "PushCollector",
            dependencies: [
                "Settings", "SettingsFile", "Bytes", "Telemetry", "Relabeling", "Delivery", "Discovery",
                "CurlTransport", "Ingest", "Scraping", "EmbeddedReceiver", "Systemd", "CProcess", argumentParser,
                lifecycle, logging, signals,
            ],
            swiftSettings: house, linkerSettings: small),
        // Tests.
        .target(
            name: "Fixtures", path: "Tests/Fixtures", exclude: ["exposition.jsonl", "sigv4.jsonl"],
            sources: ["Fixtures.swift", "BigExposition.swift", "ProtobufWriter.swift", "SplitMix.swift"],
            swiftSettings: house),
        tests("Settings"),
        tests("Samples"),
        tests("Bytes"),
        tests("Systemd"),
        tests("Telemetry", uses: [logging]),
        tests("SettingsFile", uses: ["Settings"]),
        tests("Passwords"),
        tests("Compression", uses: ["CZlib", "CDeflate", "CSnappy", "CZstd"]),
        tests("Exposition", uses: ["Samples"]),
        tests("Relabeling", uses: ["Samples", "Settings", "SettingsFile"]),
        .target(
            name: "RemoteWriteProtos", dependencies: [protobuf], path: "Tests/RemoteWriteProtos",
            exclude: ["remote_write_v1.proto", "remote_write_v2.proto"]),
        tests("RemoteWrite", uses: ["Samples", "RemoteWriteProtos", protobuf]),
        tests("Discovery", uses: ["Settings"]),
        tests("Delivery", uses: ["RemoteWrite", "Compression", "Samples", "Settings", "Telemetry", logging]),
        tests(
            "CurlTransport",
            uses: ["Bytes", "Delivery", "Discovery", "RemoteWrite", "Settings", "Telemetry", logging, lifecycle] + nio),
        tests("Status", uses: ["Bytes", "Delivery", "Settings", "SettingsFile", "Telemetry"]),
        tests(
            "Ingest",
            uses: [
                "Bytes", "Samples", "Exposition", "Delivery", "Relabeling", "RemoteWrite", "Compression", "Settings",
                "SettingsFile", "Status", "Telemetry", logging, nioEmbedded, nioSSL, lifecycle,
            ] + nio),
        tests(
            "Scraping",
            uses: [
                "Samples", "Exposition", "Delivery", "Discovery", "Relabeling", "RemoteWrite", "Compression",
                "Settings", "Telemetry", logging,
            ]),
        tests("EmbeddedReceiver", uses: ["RemoteWrite", "Compression", logging, lifecycle, nioEmbedded] + nio),
        tests(
            "PushCollector", uses: ["Settings", "Telemetry", "EmbeddedReceiver", argumentParser, logging, lifecycle]),
        .testTarget(
            name: "Architecture", dependencies: ["SettingsFile", "Telemetry"], path: "Tests/Architecture",
            swiftSettings: house),
        .testTarget(
            name: "EndToEndTests", dependencies: ["Fixtures", "RemoteWrite", "Compression"],
            exclude: ["Clients"] + patience, swiftSettings: house),
    ],
    cxxLanguageStandard: .cxx17
)

// Benchmarks are built when they are asked for.
if Context.environment["PUSH_COLLECTOR_BENCH"] != nil {
    package.targets.append(
        .executableTarget(
            name: "BenchEncode", dependencies: ["Compression", "Exposition", "Fixtures", "RemoteWrite", "Samples"],
            path: "Tests/Benchmarks/BenchEncode",
            swiftSettings: house))
    package.targets.append(
        .executableTarget(
            name: "BenchRelabel",
            dependencies: [
                "BenchBodies", "CDeflate", "Compression", "Exposition", "Relabeling", "RemoteWrite", "Samples",
                "Settings", "Fixtures",
            ],
            path: "Tests/Benchmarks/BenchRelabel"))
    package.targets.append(.target(name: "CAllocations", path: "Tests/Benchmarks/CAllocations"))
    package.targets.append(
        .target(
            name: "BenchBodies", dependencies: ["Exposition", "Fixtures", "Samples", "Settings"],
            path: "Tests/Benchmarks/BenchBodies", swiftSettings: house))
    package.targets.append(
        .executableTarget(
            name: "BenchGate",
            dependencies: [
                "BenchBodies", "Bytes", "CDeflate", "Compression", "Delivery", "Discovery", "Exposition", "Fixtures",
                "Relabeling", "RemoteWrite", "Samples", "Scraping", "Settings", "Telemetry", logging,
            ],
            path: "Tests/Benchmarks/BenchGate", swiftSettings: house))
    package.targets.append(
        .executableTarget(
            name: "BenchParse",
            dependencies: ["BenchBodies", "CAllocations", "Exposition", "RemoteWrite", "Samples", "Fixtures"],
            path: "Tests/Benchmarks/BenchParse"))
    package.targets.append(
        .executableTarget(
            name: "BenchPlain", dependencies: nio, path: "Tests/Benchmarks/BenchPlain", swiftSettings: house))
}

// So are fuzzers.
if Context.environment["PUSH_COLLECTOR_FUZZ"] != nil {
    package.targets.append(.target(name: "CFuzzer", path: "Tests/Fuzz/CFuzzer"))
    package.targets.append(
        .executableTarget(
            name: "FuzzEncodings", dependencies: ["CFuzzer", "Compression"],
            path: "Tests/Fuzz/FuzzEncodings", exclude: ["Seeds"], swiftSettings: house))
    package.targets.append(
        .executableTarget(
            name: "FuzzLabels", dependencies: ["CFuzzer", "Samples"], path: "Tests/Fuzz/FuzzLabels",
            exclude: ["Seeds"], swiftSettings: house))
    package.targets.append(
        .executableTarget(
            name: "FuzzProtobuf", dependencies: ["CFuzzer", "Exposition", "Samples"],
            path: "Tests/Fuzz/FuzzProtobuf", exclude: ["Seeds"], swiftSettings: house))
    package.targets.append(
        .executableTarget(
            name: "FuzzRelabel", dependencies: ["CFuzzer", "Relabeling", "Samples", "Settings"],
            path: "Tests/Fuzz/FuzzRelabel", exclude: ["Seeds"], swiftSettings: house))
    package.targets.append(
        .executableTarget(
            name: "FuzzRoute", dependencies: ["CFuzzer", "Ingest", "Samples", "Settings"],
            path: "Tests/Fuzz/FuzzRoute", exclude: ["Seeds"], swiftSettings: house))
    package.targets.append(
        .executableTarget(
            name: "FuzzRequest",
            dependencies: ["CFuzzer", "Ingest", .product(name: "NIOCore", package: "swift-nio")],
            path: "Tests/Fuzz/FuzzRequest", exclude: ["Seeds"], swiftSettings: house))
    package.targets.append(
        .executableTarget(
            name: "FuzzOpenMetrics", dependencies: ["CFuzzer", "Exposition", "RemoteWrite", "Samples"],
            path: "Tests/Fuzz/FuzzOpenMetrics", exclude: ["Seeds"], swiftSettings: house))
    package.targets.append(
        .executableTarget(
            name: "FuzzText", dependencies: ["CFuzzer", "Exposition", "RemoteWrite", "Samples"],
            path: "Tests/Fuzz/FuzzText", exclude: ["Seeds"], swiftSettings: house))
}
