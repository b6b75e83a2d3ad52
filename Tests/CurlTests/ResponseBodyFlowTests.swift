import Testing

@testable import Curl

/// The machine alone: events in, effects out. A reader is a number, and the limit four bytes.
@Suite struct ResponseBodyFlowTests {
    private enum Event {
        case put([UInt8])
        case take(Int)
        case end
        case fail
    }

    private static let cases: [(story: String, events: [Event], effects: [String])] = [
        (
            "bytes wait for a reader, and come together", [.put([1, 2]), .put([3]), .take(1)],
            ["accepted", "accepted", "1 gets [1, 2, 3]"]
        ),
        ("a reader waits for bytes", [.take(1), .put([1])], ["", "accepted, 1 gets [1]"]),
        (
            "a transfer that is ahead pauses, and is resumed once",
            [.put([1, 2, 3, 4, 5]), .put([6]), .take(1), .put([6]), .take(2)],
            ["accepted", "refused", "1 gets [1, 2, 3, 4, 5], resume", "accepted", "2 gets [6]"]
        ),
        (
            "a reader that waits is told of the end", [.take(1), .end, .take(2)],
            ["", "1 gets the end", "2 gets the end"]
        ),
        (
            "what came before an error is given out first", [.put([1]), .fail, .take(1), .take(2)],
            ["accepted", "", "1 gets [1]", "2 gets an error"]
        ),
        ("only the first end counts", [.end, .fail, .take(1)], ["", "", "1 gets the end"]),
        ("bytes after the end are dropped", [.fail, .put([1]), .take(1)], ["", "accepted", "1 gets an error"]),
        (
            "a transfer that ended while it paused is not resumed", [.put([1, 2, 3, 4]), .put([5]), .fail, .take(1)],
            ["accepted", "refused", "", "1 gets [1, 2, 3, 4]"]
        ),
    ]

    @Test(arguments: cases.indices) func `each event has its effect`(_ index: Int) {
        let (story, events, effects) = Self.cases[index]
        var flow = ResponseBodyFlow<Int>(limit: 4)
        let found = events.map { event in
            switch event {
            case .put(let bytes):
                let (isAccepted, effects) = flow.put(bytes)
                return ([isAccepted ? "accepted" : "refused"] + describe(effects)).joined(separator: ", ")
            case .take(let reader): return describe(flow.take(reader)).joined(separator: ", ")
            case .end: return describe(flow.finish()).joined(separator: ", ")
            case .fail: return describe(flow.finish(.cancelled)).joined(separator: ", ")
            }
        }
        #expect(found == effects, "\(story)")
    }

    private func describe(_ effects: ResponseBodyFlow<Int>.Effects) -> [String] {
        var parts: [String] = []
        if let (reader, what) = effects.delivery {
            switch what {
            case .bytes(let bytes): parts.append("\(reader) gets \(bytes)")
            case .end: parts.append("\(reader) gets the end")
            case .failure: parts.append("\(reader) gets an error")
            }
        }
        if effects.resumesTransfer { parts.append("resume") }
        return parts
    }
}
