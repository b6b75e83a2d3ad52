// swift-tools-version: 6.2

import PackageDescription

/// What every target is compiled with: language mode 6, no warning, no implicit export.
let settings: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .treatAllWarnings(as: .error),
    .strictMemorySafety(),
]

let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let lifecycle = Target.Dependency.product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let cryptoExtras = Target.Dependency.product(name: "CryptoExtras", package: "swift-crypto")
let jwtKit = Target.Dependency.product(name: "JWTKit", package: "jwt-kit")
let hummingbirdHTTP2 = Target.Dependency.product(name: "HummingbirdHTTP2", package: "hummingbird")
let nioSSL = Target.Dependency.product(name: "NIOSSL", package: "swift-nio-ssl")
let hummingbirdCore = Target.Dependency.product(name: "HummingbirdCore", package: "hummingbird")
let configuration = Target.Dependency.product(name: "Configuration", package: "swift-configuration")
let httpTypes = Target.Dependency.product(name: "HTTPTypes", package: "swift-http-types")
let nioCore = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let nioHTTP1 = Target.Dependency.product(name: "NIOHTTP1", package: "swift-nio")
let nioTLS = Target.Dependency.product(name: "NIOTLS", package: "swift-nio")
let nioEmbedded = Target.Dependency.product(name: "NIOEmbedded", package: "swift-nio")
let nioPosix = Target.Dependency.product(name: "NIOPosix", package: "swift-nio")
let nioHTTPTypes = Target.Dependency.product(name: "NIOHTTPTypes", package: "swift-nio-extras")
let systemPackage = Target.Dependency.product(name: "SystemPackage", package: "swift-system")
let unixSignals = Target.Dependency.product(name: "UnixSignals", package: "swift-service-lifecycle")
let coreMetrics = Target.Dependency.product(name: "CoreMetrics", package: "swift-metrics")
let metrics = Target.Dependency.product(name: "Metrics", package: "swift-metrics")
let tracing = Target.Dependency.product(name: "Tracing", package: "swift-distributed-tracing")
let inMemoryTracing = Target.Dependency.product(name: "InMemoryTracing", package: "swift-distributed-tracing")
let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")

let package = Package(
    name: "accord",
    products: [.executable(name: "accord", targets: ["accord"])],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-configuration", from: "1.4.0", traits: []),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-distributed-tracing", from: "1.7.3"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0", traits: []),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-metrics", from: "2.13.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-extras", from: "1.35.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
        .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
        .package(url: "https://github.com/vapor/jwt-kit", from: "5.7.1"),
    ],
    targets: [
        // The C libraries.
        .systemLibrary(name: "CLibPQ", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
        .systemLibrary(name: "CLibCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),

        // The engine, and the modules that know nothing of agreements.
        .target(name: "GraphQL", swiftSettings: settings),
        .target(name: "GraphQLTools", dependencies: ["GraphQL"], swiftSettings: settings),
        .target(
            name: "GraphQLHTTP",
            dependencies: [
                "GraphQL", "Gzip", crypto, httpTypes, hummingbirdCore, lifecycle, logging, nioCore, nioHTTP1,
                nioHTTPTypes, nioPosix,
            ],
            resources: [.embedInCode("Playground/Page")],
            swiftSettings: settings
        ),
        .target(name: "Gzip", dependencies: ["CZlib"], swiftSettings: settings),
        .target(name: "PostgreSQL", dependencies: ["CLibPQ", logging], swiftSettings: settings),
        .target(name: "Curl", dependencies: ["CLibCurl"], swiftSettings: settings),
        .target(name: "S3", dependencies: ["Curl", crypto], swiftSettings: settings),
        .target(name: "Identity", dependencies: [jwtKit, crypto, cryptoExtras, logging], swiftSettings: settings),
        .target(name: "Injection", swiftSettings: settings),
        .target(name: "PrometheusMetrics", dependencies: [coreMetrics], swiftSettings: settings),
        .target(name: "W3CTraceContext", dependencies: [tracing], swiftSettings: settings),

        // The product.
        .target(name: "AccordCore", swiftSettings: settings),
        .target(
            name: "AccordAdapters",
            dependencies: ["AccordCore", "PostgreSQL", "S3", crypto, logging],
            resources: [.embedInCode("Migrations/SQL")],
            swiftSettings: settings
        ),
        .target(
            name: "AccordAPI",
            dependencies: ["AccordCore", "GraphQL"],
            resources: [.embedInCode("schema.graphql")],
            swiftSettings: settings
        ),
        .target(
            name: "AccordServer",
            dependencies: [
                "AccordAPI", "AccordAdapters", "AccordCore", "Curl", "GraphQL", "GraphQLHTTP", "Identity", "Injection",
                "PostgreSQL", "PrometheusMetrics", "S3", "W3CTraceContext", configuration, crypto, httpTypes,
                hummingbirdCore, hummingbirdHTTP2, lifecycle, logging, metrics, nioCore, nioPosix, nioSSL,
                nioTLS, tracing, unixSignals,
            ],
            swiftSettings: settings
        ),
        .target(
            name: "AccordDevelopment",
            dependencies: ["AccordAdapters", "AccordCore", "Identity", "PostgreSQL", crypto, logging],
            swiftSettings: settings
        ),
        .executableTarget(
            name: "accord",
            dependencies: [
                "AccordAdapters", "AccordDevelopment", "AccordServer", "GraphQL", "GraphQLTools", argumentParser,
                configuration, logging, systemPackage,
            ],
            swiftSettings: settings
        ),

        // Tests.
        .target(name: "SeededRandom", path: "Tests/SeededRandom", swiftSettings: settings),
        .target(
            name: "TestSupport",
            dependencies: [
                "AccordAdapters", "AccordCore", "AccordDevelopment", "AccordServer", "Curl", "Identity", "PostgreSQL",
                "S3",
                configuration, crypto, lifecycle, logging,
            ],
            path: "Tests/TestSupport",
            swiftSettings: settings
        ),
        .testTarget(
            name: "GraphQLTests", dependencies: ["GraphQL", "SeededRandom"], exclude: ["Fuzzing/Fuzzer"],
            swiftSettings: settings),
        .testTarget(name: "GraphQLToolsTests", dependencies: ["GraphQL", "GraphQLTools"], swiftSettings: settings),
        .testTarget(
            name: "GraphQLHTTPTests",
            dependencies: ["GraphQLHTTP", "Gzip", "SeededRandom", "TestSupport", nioEmbedded, nioHTTPTypes],
            exclude: ["Fuzzing/Fuzzer"],
            swiftSettings: settings
        ),
        .testTarget(name: "GzipTests", dependencies: ["AccordDevelopment", "Gzip"], swiftSettings: settings),
        .testTarget(
            name: "PostgreSQLTests",
            dependencies: ["PostgreSQL", "AccordDevelopment", "TestSupport", logging],
            swiftSettings: settings
        ),
        .testTarget(name: "CurlTests", dependencies: ["Curl", "TestSupport"], swiftSettings: settings),
        .testTarget(name: "S3Tests", dependencies: ["Curl", "S3", "TestSupport", crypto], swiftSettings: settings),
        .testTarget(
            name: "IdentityTests",
            dependencies: ["Identity", "TestSupport", crypto, logging],
            swiftSettings: settings
        ),
        .testTarget(name: "InjectionTests", dependencies: ["Injection"], swiftSettings: settings),
        .testTarget(
            name: "PrometheusMetricsTests", dependencies: ["PrometheusMetrics", coreMetrics], swiftSettings: settings),
        .testTarget(
            name: "W3CTraceContextTests", dependencies: ["W3CTraceContext", tracing], swiftSettings: settings),
        .testTarget(name: "AccordCoreTests", dependencies: ["AccordCore"], swiftSettings: settings),
        .testTarget(
            name: "AccordAdaptersTests",
            dependencies: ["AccordAdapters", "AccordCore", "PostgreSQL", "TestSupport", crypto, logging],
            swiftSettings: settings
        ),
        .testTarget(
            name: "AccordDevelopmentTests",
            dependencies: [
                "AccordAdapters", "AccordCore", "AccordDevelopment", "Identity", "PostgreSQL", "TestSupport", logging,
            ],
            swiftSettings: settings
        ),
        .testTarget(
            name: "AccordTests",
            dependencies: [
                "AccordAdapters", "AccordCore", "AccordDevelopment", "AccordServer", "Curl", "GraphQLHTTP",
                "Injection", "PostgreSQL", "PrometheusMetrics", "S3", "SeededRandom", "TestSupport", crypto,
                inMemoryTracing, logging,
                tracing,
            ],
            swiftSettings: settings
        ),
    ]
)

// Benchmarks are built only when asked for, so that nobody else pays for them.
if Context.environment["ACCORD_BENCHMARKS"] != nil {
    package.targets.append(
        .executableTarget(
            name: "EngineBenchmark",
            dependencies: ["GraphQL"],
            path: "Sources/Benchmarks/EngineBenchmark",
            swiftSettings: settings
        ))
}

// So is what libFuzzer calls, and what runs under the address sanitizer. They consist of the targets that the tests feed,
// too.
if Context.environment["ACCORD_FUZZER"] != nil {
    package.targets.removeAll { $0.name == "GraphQLTests" || $0.name == "GraphQLHTTPTests" }
    package.targets.append(
        .executableTarget(
            name: "HTTPFuzzer",
            dependencies: ["GraphQLHTTP", "SeededRandom"],
            path: "Tests/GraphQLHTTPTests/Fuzzing",
            exclude: ["HTTPFuzzTests.swift"],
            swiftSettings: settings
        ))
    package.targets.append(
        .executableTarget(
            name: "EngineFuzzer",
            dependencies: ["GraphQL"],
            path: "Tests/GraphQLTests/Fuzzing",
            exclude: ["FuzzSeed.swift", "FuzzTests.swift"],
            swiftSettings: settings
        ))
}
