/// Finds cycles in a graph, depth first, without recursion: each node is entered once.
struct CycleSearch {
    /// A step of a cycle: from a node along one of its edges, by its position.
    typealias Step = (node: Int, edge: Int)

    /// Finds each way back to a node that is still open, up to a limit: ways may be long, and there may be many.
    ///
    /// - Parameters:
    ///   - edges: for each node, the nodes that it leads to.
    ///   - limit: how many cycles are looked for.
    /// - Returns: for each cycle the steps from a node to itself.
    static func cycles(in edges: [[Int]], limit: Int = SchemaErrors.maximum + 1) -> [[Step]] {
        var cycles: [[Step]] = []
        var visited = [Bool](repeating: false, count: edges.count)
        /// Where an open node stands in the path.
        var depth = [Int?](repeating: nil, count: edges.count)
        for start in edges.indices where !visited[start] {
            var path: [Step] = [(start, -1)]
            visited[start] = true
            depth[start] = 0
            while let (node, edge) = path.last {
                guard edge + 1 < edges[node].count else {
                    depth[node] = nil
                    path.removeLast()
                    continue
                }
                path[path.count - 1].edge += 1
                let target = edges[node][edge + 1]
                if let first = depth[target] {
                    cycles.append(Array(path[first...]))
                    if cycles.count == limit { return cycles }
                } else if !visited[target] {
                    visited[target] = true
                    depth[target] = path.count
                    path.append((target, -1))
                }
            }
        }
        return cycles
    }

    /// Whether each node is on a cycle, by the strongly connected components: Tarjan's search, without recursion.
    static func nodesOnCycles(in edges: [[Int]]) -> [Bool] {
        var isOnCycle = [Bool](repeating: false, count: edges.count)
        var entered = [Int?](repeating: nil, count: edges.count)
        /// The first-entered open node that is reached from a node.
        var lowest = [Int](repeating: 0, count: edges.count)
        var isOpen = isOnCycle
        var open: [Int] = []
        var path: [Step] = []
        var count = 0
        func enter(_ node: Int) {
            entered[node] = count
            lowest[node] = count
            count += 1
            isOpen[node] = true
            open.append(node)
            path.append((node, -1))
        }
        for start in edges.indices where entered[start] == nil {
            enter(start)
            while let (node, edge) = path.last {
                if edge + 1 < edges[node].count {
                    path[path.count - 1].edge += 1
                    let target = edges[node][edge + 1]
                    if target == node { isOnCycle[node] = true }
                    if let order = entered[target] {
                        if isOpen[target] { lowest[node] = min(lowest[node], order) }
                    } else {
                        enter(target)
                    }
                    continue
                }
                path.removeLast()
                if let (parent, _) = path.last { lowest[parent] = min(lowest[parent], lowest[node]) }
                guard lowest[node] == entered[node] else { continue }
                // The component ends here: all that was opened since.
                let isLarge = open.last != node
                while let member = open.popLast() {
                    isOpen[member] = false
                    if isLarge { isOnCycle[member] = true }
                    if member == node { break }
                }
            }
        }
        return isOnCycle
    }
}
