// Connects once with Go's net.Dialer and its defaults: go-client HOST PORT [TIMEOUT_MS], or go-client --version.
// Exit status: 0 connected, 1 not, 2 wrong usage.
package main

import (
	"fmt"
	"net"
	"os"
	"runtime"
	"strconv"
	"strings"
	"time"
)

func main() {
	arguments := os.Args[1:]
	if len(arguments) == 1 && arguments[0] == "--version" {
		fmt.Println(strings.TrimPrefix(runtime.Version(), "go"))
		return
	}
	if len(arguments) < 2 || len(arguments) > 3 {
		fmt.Fprintln(os.Stderr, "usage: go-client HOST PORT [TIMEOUT_MS] | go-client --version")
		os.Exit(2)
	}
	var dialer net.Dialer
	if len(arguments) == 3 {
		milliseconds, err := strconv.Atoi(arguments[2])
		if err != nil {
			fmt.Fprintln(os.Stderr, "usage: TIMEOUT_MS must be a number")
			os.Exit(2)
		}
		dialer.Timeout = time.Duration(milliseconds) * time.Millisecond
	}
	connection, err := dialer.Dial("tcp", net.JoinHostPort(arguments[0], arguments[1]))
	if err != nil {
		fmt.Fprintf(os.Stderr, "failed: %T: %v\n", err, err)
		os.Exit(1)
	}
	host, _, _ := net.SplitHostPort(connection.RemoteAddr().String())
	connection.Close()
	fmt.Println("connected", host)
}
