import Foundation
import PrometheusMetrics

/// What Linux says about this process, under the names that Prometheus' own clients use.
///
/// Linux manual: proc(5)
enum ProcessMetrics {
    static let residentBytes = "process_resident_memory_bytes"
    static let processorSeconds = "process_cpu_seconds_total"
    static let startSeconds = "process_start_time_seconds"
    static let openFiles = "process_open_fds"
    static let maximumFiles = "process_max_fds"

    /// Adds them to a registry. They are read from `/proc` when they are asked for.
    static func observe(in registry: PrometheusRegistry) {
        registry.observe(residentBytes, .gauge) { statistic(.residentPages) * Double(sysconf(Int32(_SC_PAGESIZE))) }
        registry.observe(processorSeconds, .counter) {
            (statistic(.userTicks) + statistic(.systemTicks)) / ticksPerSecond
        }
        registry.observe(startSeconds, .gauge) { bootTime + statistic(.startTicks) / ticksPerSecond }
        registry.observe(openFiles, .gauge) {
            Double((try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd"))?.count ?? 0)
        }
        registry.observe(maximumFiles, .gauge) {
            var limit = rlimit()
            return unsafe getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0
                ? Double(limit.rlim_cur) : 0
        }
    }

    /// Fields of `/proc/self/stat`, by their places behind the program's name, which is in parentheses.
    private enum Field: Int {
        case userTicks = 11
        case systemTicks = 12
        case startTicks = 19
        case residentPages = 21
    }

    private static var ticksPerSecond: Double { Double(sysconf(Int32(_SC_CLK_TCK))) }

    private static func statistic(_ field: Field) -> Double {
        guard let text = try? String(contentsOfFile: "/proc/self/stat", encoding: .utf8),
            let end = text.lastIndex(of: ")")
        else { return 0 }
        let fields = text[end...].split(separator: " ").dropFirst()
        return fields.dropFirst(field.rawValue).first.flatMap { Double($0) } ?? 0
    }

    /// When the machine was started, in seconds since 1970.
    private static let bootTime: Double = {
        let text = (try? String(contentsOfFile: "/proc/stat", encoding: .utf8)) ?? ""
        let line = text.split(separator: "\n").first { $0.hasPrefix("btime ") }
        return line.flatMap { Double($0.dropFirst("btime ".count)) } ?? 0
    }()
}
