/// Makes inputs of other inputs.
struct FuzzMutator {
    private let corpus: [[UInt8]]
    /// The longest input.
    private let maximumBytes: Int
    private(set) var entropy: Entropy

    init(_ corpus: [[UInt8]], seed: UInt64, maximumBytes: Int = 8192) {
        self.corpus = corpus
        self.maximumBytes = maximumBytes
        entropy = Entropy(seed: seed)
    }

    /// The next input: now and then random bytes or fragments, else a text of the corpus with some damage.
    mutating func next() -> [UInt8] {
        switch entropy.number(below: 12) {
        case 0: return (0..<entropy.number(below: 64)).map { _ in UInt8.random(in: .min ... .max, using: &entropy) }
        case 1:
            return (0..<entropy.number(below: 40)).flatMap { _ in
                entropy.element(of: FuzzCorpus.fragments) + (entropy.isOne(in: 2) ? [0x20] : [])
            }
        default:
            var input = entropy.element(of: corpus)
            for _ in 0...entropy.number(below: 4) { damage(&input) }
            return Array(input.prefix(maximumBytes))
        }
    }

    private mutating func damage(_ input: inout [UInt8]) {
        let range = someRange(of: input, upTo: entropy.isOne(in: 3) ? 64 : 8)
        switch entropy.number(below: 8) {
        case 0: input.removeSubrange(range)
        case 1: input.insert(contentsOf: entropy.element(of: FuzzCorpus.fragments), at: range.lowerBound)
        case 2: input.replaceSubrange(range, with: entropy.element(of: FuzzCorpus.fragments))
        case 3: input.insert(contentsOf: input[range], at: range.upperBound)
        case 4:
            let times = entropy.number(below: 60)
            input.insert(contentsOf: repeatElement(input[range], count: times).joined(), at: range.upperBound)
        case 5:
            let other = entropy.element(of: corpus)
            input.replaceSubrange(range, with: other[someRange(of: other, upTo: 80)])
        case 6 where !range.isEmpty: input[range.lowerBound] = UInt8.random(in: .min ... .max, using: &entropy)
        default: exchangeWord(in: &input)
        }
    }

    /// A word of the text in place of another.
    private mutating func exchangeWord(in input: inout [UInt8]) {
        let words = input.split { !($0 == 0x5F || (0x30...0x39).contains($0) || (0x41...0x5A).contains($0 & 0xDF)) }
        guard words.count > 1 else { return }
        let word = entropy.element(of: words)
        input.replaceSubrange(word.indices, with: Array(entropy.element(of: words)))
    }

    private mutating func someRange(of input: [UInt8], upTo length: Int) -> Range<Int> {
        let start = entropy.number(below: input.count + 1)
        return start..<min(input.count, start + entropy.number(below: length + 1))
    }
}
