# Every target does the set-up it needs; `make help` lists them.
# `make run PORT=9090 HOST=0.0.0.0 DATA=/srv/demo STORAGE=s3 RESET=1` passes flags on to `accord dev`.

SWIFT   ?= swift
SOURCES := Package.swift Sources Tests

# Taken from make's command line only: a HOST or PORT of the environment is meant for somebody else.
flag  = $(if $(findstring command,$(origin $1)),--$2 $($1))
flags = $(call flag,HOST,host) $(call flag,PORT,port) $(call flag,DATA,data) $(call flag,STORAGE,storage) \
        $(call flag,READY_FILE,ready-file) $(if $(findstring command,$(origin RESET)),--reset)

.DEFAULT_GOAL := help
.PHONY: help setup setup-tests build run test crash soak fuzz bench bench-engine bench-server bench-upload bench-tenants \
        format lint clean

help: ## Lists the targets.
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: ## Installs what is missing of the libraries and PostgreSQL, and says what.
	@scripts/setup

setup-tests:
	@scripts/setup --tests

build: setup ## Builds the release binary, .build/release/accord, which needs no Swift to run.
	# A crash names the lines; what else a debugger wants takes a sixth of the time.
	$(SWIFT) build -c release --product accord --static-swift-stdlib \
	    -Xswiftc -gline-tables-only -Xcc -gline-tables-only

run: build ## Starts a whole Accord: PostgreSQL, demo data, playground.
	@exec .build/release/accord dev $(flags)

# Tests wait for clocks and servers: too many at once starve each other.
test: export SWT_EXPERIMENTAL_MAXIMUM_PARALLELIZATION_WIDTH = 8
test: setup-tests ## Runs every test, against a PostgreSQL and an S3 server of its own.
	$(SWIFT) build --build-tests
	# One after the other: each starts all its tests at once, and those that wait for clocks and servers starve beside
	# those that compute.
	$(SWIFT) test --skip-build --filter 'GraphQL(Tools)?Tests\.'
	$(SWIFT) test --skip-build --filter 'GraphQLHTTPTests\.'
	$(SWIFT) test --skip-build --filter 'AccordTests\.'
	$(SWIFT) test --skip-build --filter 'AccordAdaptersTests\.'
	$(SWIFT) test --skip-build --skip '(GraphQL(Tools|HTTP)?|Accord(Adapters)?)Tests\.'

# `make crash KILLS=5000`
KILLS ?= 500
crash: setup-tests build ## Kills the release binary at random points, under load, while storage and database fail.
	$(SWIFT) build --build-tests
	ACCORD_TEST_CRASH_KILLS=$(KILLS) ACCORD_TEST_CRASH_PROGRAM=$(CURDIR)/.build/release/accord \
	    $(SWIFT) test --skip-build --filter 'AccordTests\.CrashTests'

# `make soak REQUESTS=1000000 TENANTS=99`
REQUESTS ?= 100000
TENANTS  ?= 50
soak: setup-tests build ## Asks the release binary as many tenants at once, while database sessions are killed.
	$(SWIFT) build --build-tests
	ACCORD_SOAK_REQUESTS=$(REQUESTS) ACCORD_SOAK_TENANTS=$(TENANTS) \
	    ACCORD_SOAK_PROGRAM=$(CURDIR)/.build/release/accord $(SWIFT) test --skip-build --filter SoakTests

# `make fuzz SECONDS=600`
SECONDS ?= 60
fuzz: setup-tests ## Feeds the engine and the front door inputs made up to break them, for SECONDS.
	@scripts/fuzz $(SECONDS)

bench: export WRITE = 1
bench: bench-engine bench-server bench-upload bench-tenants ## Measures what can be measured here, and writes it into docs/.

# `make bench-engine OUT=FILE INPUTS=DIR`: NDJSON to FILE, the workloads of DIR.
bench-engine: setup-tests ## Measures the engine beside its peers, in one run.
	@scripts/bench-engine/run "$(OUT)" "$(INPUTS)"

# `make bench-server SERVER_OUT=FILE`: NDJSON to FILE.
bench-server: build ## Measures requests beside nginx and pgbench, many clients, overload, start and memory.
	@scripts/bench-server/run $(SERVER_OUT)

# `make bench-upload UPLOAD_OUT=FILE`: NDJSON to FILE.
bench-upload: build ## Measures uploads beside `curl -T`, and the memory that many at once take.
	@scripts/bench-upload/run $(UPLOAD_OUT)

# `make bench-tenants TENANTS_OUT=FILE`: NDJSON to FILE.
bench-tenants: build ## Measures one server over 500 tenants' databases and 60 database connections.
	@scripts/bench-tenants/run $(TENANTS_OUT)

format: ## Formats every Swift file.
	$(SWIFT) format --in-place --parallel --recursive $(SOURCES)

lint: ## Checks the formatting and the style of every Swift file.
	$(SWIFT) format lint --strict --parallel --recursive $(SOURCES)

clean: ## Deletes what was built. The demo data in .accord stays.
	rm -rf .build
