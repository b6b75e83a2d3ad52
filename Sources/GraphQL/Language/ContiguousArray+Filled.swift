extension ContiguousArray {
    /// An array of `count` equal elements.
    ///
    /// `init(repeating:count:)` makes the same, but looks up the type of the storage at run time, which takes longer than
    /// all the rest for a short array, and writes a long one element by element.
    init(filledWith element: Element, count: Int) {
        self.init()
        guard count > 0 else { return }
        reserveCapacity(count)
        append(contentsOf: repeatElement(element, count: count))
    }
}
