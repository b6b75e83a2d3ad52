import GraphQL

extension FuzzTarget {
    /// A value is written as JSON that reads as the same value; an error lies within the text.
    static func jsonProblem(_ input: [UInt8]) -> String? {
        do throws(JSONError) {
            let value = try JSONParser.parse(input)
            var buffer = ResponseBuffer(capacity: input.count)
            buffer.write(value)
            guard let again = try? JSONParser.parse(buffer.bytes) else {
                return "what was written is refused: \(String(decoding: buffer.bytes, as: UTF8.self))"
            }
            return again == value ? nil : "another value: \(String(decoding: buffer.bytes, as: UTF8.self))"
        } catch {
            return (0...input.count).contains(error.offset) ? nil : "an error outside of the text: \(error)"
        }
    }
}
