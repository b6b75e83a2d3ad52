import GraphQL

/// The bound of an execution: a writer made by hand for one query over the same structs, with no engine.
enum HandWritten {
    static func list(_ items: [Item], capacity: Int) -> [UInt8] {
        var buffer = ResponseBuffer(capacity: capacity)
        buffer.append(#"{"data":{"items":["#)
        for (position, item) in items.enumerated() {
            if position > 0 { buffer.append(UInt8(ascii: ",")) }
            buffer.append(#"{"id":"#)
            buffer.write(item.id)
            buffer.append(#","name":"#)
            buffer.write(item.name)
            buffer.append(#","email":"#)
            buffer.write(item.email)
            buffer.append(#","age":"#)
            buffer.write(item.age)
            buffer.append(#","score":"#)
            buffer.write(item.score)
            buffer.append(#","active":"#)
            buffer.write(item.active)
            buffer.append(#","country":"#)
            buffer.write(item.country)
            buffer.append(#","city":"#)
            buffer.write(item.city)
            buffer.append(#","note":"#)
            if let note = item.note { buffer.write(note) } else { buffer.writeNull() }
            buffer.append(#","count":"#)
            buffer.write(item.count)
            buffer.append(UInt8(ascii: "}"))
        }
        buffer.append("]}}")
        return buffer.bytes
    }

    static func nested(_ branches: [Branch], capacity: Int) -> [UInt8] {
        var buffer = ResponseBuffer(capacity: capacity)
        buffer.append(#"{"data":{"tree":["#)
        for (position, branch) in branches.enumerated() {
            if position > 0 { buffer.append(UInt8(ascii: ",")) }
            buffer.append(#"{"leaves":["#)
            for (position, leaf) in branch.leaves.enumerated() {
                if position > 0 { buffer.append(UInt8(ascii: ",")) }
                buffer.append(#"{"a":"#)
                buffer.write(leaf.a)
                buffer.append(#","b":"#)
                buffer.write(leaf.b)
                buffer.append(#","c":"#)
                buffer.write(leaf.c)
                buffer.append(#","d":"#)
                buffer.write(leaf.d)
                buffer.append(#","e":"#)
                if let e = leaf.e { buffer.write(e) } else { buffer.writeNull() }
                buffer.append(UInt8(ascii: "}"))
            }
            buffer.append("]}")
        }
        buffer.append("]}}")
        return buffer.bytes
    }
}
