/// How one per-request value is made: the values it needs that exist only during a request, each after those it needs
/// itself, with a numbered place for each. Place 0 is the request.
struct RequestPlan<Request: Sendable>: Sendable {
    /// Makes the next value, out of those made so far in this request.
    typealias Step = @Sendable ([any Sendable]) -> any Sendable

    private let values: Values
    private var places: [TypeKey: Int] = [TypeKey(Request.self): 0]
    private var steps: [Step] = []

    /// Plans for values that are registered in `order`, the last of them being the one wanted.
    init(order: [Registration<Request>], values: Values) {
        self.values = values
        for entry in order {
            guard case .perRequest(let bind) = entry.maker else {
                continue
            }
            steps.append(bind(self))
            places[entry.type] = steps.count
        }
    }

    /// Where a maker finds a value it needs: in the container, or at a place of the request's.
    func place<Value: Sendable>(of type: Value.Type) -> Place<Value> {
        places[TypeKey(type)].map { .inRequest($0) } ?? .inContainer(values.value(of: type))
    }

    /// Makes all values of the plan and gives back the last.
    func run(_ request: Request) -> any Sendable {
        var made: [any Sendable] = []
        made.reserveCapacity(steps.count + 1)
        made.append(request)
        for step in steps {
            made.append(step(made))
        }
        return made[made.count - 1]
    }

    /// Where a value is found during a request.
    enum Place<Value: Sendable>: Sendable {
        case inContainer(Value)
        case inRequest(Int)

        func value(in made: [any Sendable]) -> Value {
            switch self {
            case .inContainer(let value):
                return value
            case .inRequest(let index):
                guard let value = made[index] as? Value else {
                    preconditionFailure("Place \(index) holds a \(Value.self): it was numbered by that type.")
                }
                return value
            }
        }
    }
}
