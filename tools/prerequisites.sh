# Sourced by ./run and ./test. Each function returns quietly, or names what is missing and how to install it.

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 TESTINGPLATFORM_TELEMETRY_OPTOUT=1

missing=0

lacks() {
    echo "Missing: $1" >&2
    echo "    install it with:  $2" >&2
    missing=1
}

as_root() { if [ "$(id -u)" -eq 0 ]; then echo "$*"; else echo "sudo $*"; fi; }

need_dotnet() {
    dotnet --list-sdks 2>/dev/null | grep -q '^10\.' ||
        lacks "the .NET 10 SDK" "$(as_root apt-get install dotnet-sdk-10.0)  (other systems: https://dotnet.microsoft.com/download/dotnet/10.0)"
}

need_node() {
    local version
    version=$(node --version 2>/dev/null | grep -oE '[0-9]+' | head -1)
    { [ "${version:-0}" -ge 20 ] && command -v npm >/dev/null; } ||
        lacks "Node.js 20 or newer with npm" "$(as_root apt-get install nodejs npm)  (other systems: https://nodejs.org)"
}

# The packages in node_modules include PostgreSQL for Linux on x86-64; elsewhere the system must have it.
need_postgres() {
    [ -n "${ConnectionStrings__Practice:-}" ] || [ -n "${PRACTICE_POSTGRES_BIN:-}" ] || [ "$(uname -sm)" = "Linux x86_64" ] ||
        compgen -G "/usr/lib/postgresql/*/bin/postgres" >/dev/null || command -v postgres >/dev/null ||
        lacks "PostgreSQL" "$(as_root apt-get install postgresql)  (or name a server of your own in ConnectionStrings__Practice)"
}

# Debian packages that only the tests use: installed when we are root, named otherwise.
need_packages() {
    local wanted=() program package
    for pair in "$@"; do
        program=${pair%%:*} package=${pair##*:}
        command -v "$program" >/dev/null || wanted+=("$package")
    done
    [ ${#wanted[@]} -eq 0 ] && return
    if [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; then
        echo "Installing ${wanted[*]} …"
        { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${wanted[@]}"; } >/tmp/practice-apt.log 2>&1 && return
        tail -20 /tmp/practice-apt.log >&2
    fi
    lacks "${wanted[*]}" "$(as_root apt-get install "${wanted[*]}")"
}

# Runs a build and shows its words only when it fails.
quietly() {
    local words
    words=$(mktemp)
    if "$@" >"$words" 2>&1; then rm -f "$words"; return 0; fi
    cat "$words" >&2
    rm -f "$words"
    return 1
}
