// Checks an export's log with Go's own transparency-log packages and nothing of Parley's: key, signed head, every entry.
// Usage: go run . <export.zip> <verifier key>
package main

import (
	"archive/zip"
	"bufio"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

func check(err error, what string) {
	if err != nil {
		fmt.Println("INVALID:", what, err)
		os.Exit(1)
	}
}

func open(archive *zip.ReadCloser, name string) io.ReadCloser {
	file, err := archive.Open(name)
	check(err, name)
	return file
}

func lines(archive *zip.ReadCloser, name string) *bufio.Scanner {
	scanner := bufio.NewScanner(open(archive, name))
	scanner.Buffer(nil, 4<<20)
	return scanner
}

func main() {
	archive, err := zip.OpenReader(os.Args[1])
	check(err, "zip")
	verifier, err := note.NewVerifier(strings.TrimSpace(os.Args[2]))
	check(err, "key")
	signed, err := io.ReadAll(open(archive, "ledger/checkpoint"))
	check(err, "checkpoint")
	head, err := note.Open(signed, note.VerifierList(verifier))
	check(err, "signature")
	parts := strings.Split(head.Text, "\n")
	size, err := strconv.ParseInt(parts[1], 10, 64)
	check(err, "size")
	root, err := tlog.ParseHash(parts[2])
	check(err, "root")

	entries, proofs := lines(archive, "ledger/entries.jsonl"), lines(archive, "ledger/proofs.jsonl")
	count := 0
	for entries.Scan() {
		if !proofs.Scan() {
			check(fmt.Errorf("entry %d has no proof", count), "proofs")
		}
		var proof struct {
			Index, Size int64
			Path        []string
		}
		check(json.Unmarshal(proofs.Bytes(), &proof), "proof")
		var path tlog.RecordProof
		for _, text := range proof.Path {
			bytes, err := base64.StdEncoding.DecodeString(text)
			check(err, "path")
			path = append(path, tlog.Hash(bytes))
		}
		check(tlog.CheckRecord(path, size, root, proof.Index, tlog.RecordHash(entries.Bytes())), fmt.Sprint("entry ", count))
		count++
	}
	fmt.Println("VALID:", count, "entries are in the log", parts[0], "of", size)
}
