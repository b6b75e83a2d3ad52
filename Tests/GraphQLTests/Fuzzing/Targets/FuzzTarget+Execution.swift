import GraphQL

extension FuzzTarget {
    /// A random operation, most likely a valid one, is answered with the same bytes each time: when it is prepared anew
    /// as well as when it was prepared before. The bytes are JSON.
    static func executionProblem(_ input: [UInt8]) async -> String? {
        var entropy = Entropy(input)
        let request = FuzzOperation(&entropy, FuzzSchema.executable.schema)
        guard let answer = await FuzzSchema.answer(request) else { return nil }
        guard let first = answer.first, answer.allSatisfy({ $0 == first }) else {
            return "another answer the second time: \(request.document)"
        }
        do throws(JSONError) {
            let response = try JSONParser.parse(first, maximumDepth: 1024)
            return response["data"] == nil && response["errors"] == nil ? "neither data nor errors" : nil
        } catch {
            return "the answer is no JSON: \(error) in \(String(decoding: first, as: UTF8.self))"
        }
    }
}
