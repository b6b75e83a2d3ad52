import Glibc
import GraphQL

/// Measures the engine alone, without HTTP and databases: processor time per operation, one line per workload.
///
/// The peer in `scripts/bench-peer.py` runs the same workloads over the same data; `scripts/bench` shows both.
@main
struct EngineBenchmark {
    static func main() async throws {
        let schema = try Catalog.schema()
        let context = NoContext()
        for workload in Workload.all {
            let operation = try schema.prepare(workload.document, operationName: nil).get()
            let expected = await schema.execute(operation, context: context).body
            let whole = try await microseconds {
                let operation = try schema.prepare(workload.document, operationName: nil).get()
                return await schema.execute(operation, context: context).body.count == expected.count
            }
            let prepared = try await microseconds {
                await schema.execute(operation, context: context).body.count == expected.count
            }
            print("\(workload.name)\twhole\t\(whole)\t\(expected.count)")
            print("\(workload.name)\tprepared\t\(prepared)\t\(expected.count)")
        }
    }

    /// The processor time of one run, in microseconds: the median of several rounds after a warm-up.
    private static func microseconds(_ run: () async throws -> Bool) async throws -> Double {
        var perRun: [Double] = []
        var runs = 1
        // The first rounds warm up and find out how many runs take a tenth of a second.
        while perRun.count < 9 {
            let start = processorTime()
            for _ in 0..<runs {
                guard try await run() else { throw WrongAnswer() }
            }
            let time = processorTime() - start
            if time < 100_000 {
                runs = max(runs * 2, Int(Double(runs) * 120_000 / max(time, 1)))
            } else {
                perRun.append(time / Double(runs))
            }
        }
        return perRun.sorted()[perRun.count / 2]
    }

    /// What the process has used so far, user and system time together, in microseconds.
    private static func processorTime() -> Double {
        var time = timespec()
        unsafe clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) * 1e6 + Double(time.tv_nsec) / 1e3
    }
}

/// The answer had another length than the first one.
private struct WrongAnswer: Error {}

final class NoContext: Sendable {}

/// A document to be answered.
struct Workload {
    let name: String
    let document: String

    static let all = [
        Workload(name: "typename", document: "{ __typename }"),
        Workload(
            name: "connections25",
            document: """
                query Connections {
                  connections(first: 25) {
                    id name connectionStatus
                    agreement { id fileName fileSize presignedUrl createdAt }
                  }
                }
                """),
        Workload(
            name: "list1000x10",
            document: "{ items { id name sku price weight quantity reserved active note updatedAt } }"),
    ]
}
