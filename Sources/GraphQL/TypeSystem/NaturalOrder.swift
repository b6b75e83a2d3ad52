/// Whether a name comes before another one where numbers in names count as such: `item2` before `item10`.
///
/// graphql-js, which suggests names in this order, calls it `naturalCompare`.
func naturallyPrecedes(_ name: String, _ other: String) -> Bool {
    var (left, right) = (name.utf8[...], other.utf8[...])
    while let first = left.first, let second = right.first {
        if isDigit(first), isDigit(second) {
            let (number, otherNumber) = (takeNumber(&left), takeNumber(&right))
            if number != otherNumber { return number < otherNumber }
        } else if first != second {
            return first < second
        } else {
            left.removeFirst()
            right.removeFirst()
        }
    }
    return name.utf8.count < other.utf8.count
}

/// The number that a name begins with. A zero before other digits is a number of its own.
private func takeNumber(_ name: inout Substring.UTF8View) -> Double {
    var number = 0.0
    while let digit = name.first, isDigit(digit) {
        name.removeFirst()
        number = number * 10 + Double(digit - UInt8(ascii: "0"))
        if number == 0 { break }
    }
    return number
}

private func isDigit(_ byte: UInt8) -> Bool { UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte }
