#!/bin/sh
# Makes the certificates of this folder anew, with OpenSSL 3. Nobody else's key may sign more of them:
# that of the authority is thrown away.
set -eu
cd "$(dirname "$0")"
work=$(mktemp -d)
: > "$work/index.txt"
cat > "$work/ca.cnf" <<CNF
[ca]
default_ca = tests
[tests]
database = $work/index.txt
new_certs_dir = $work
rand_serial = yes
unique_subject = no
default_md = sha256
policy = any
[any]
commonName = supplied
[authority]
basicConstraints = critical, CA:TRUE
keyUsage = critical, keyCertSign, cRLSign
subjectKeyIdentifier = hash
[right]
basicConstraints = CA:FALSE
subjectAltName = IP:127.0.0.1
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
[other_name]
basicConstraints = CA:FALSE
subjectAltName = DNS:mail.example
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
CNF
request() { # name, key, request
  openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj "/CN=$1" -keyout "$2" -out "$3"
}
sign() { # extensions, certificate, last day, more…
  local extensions=$1 out=$2 until=$3
  shift 3
  openssl ca -batch -notext -config "$work/ca.cnf" -extensions "$extensions" -out "$out" \
    -startdate 20200101000000Z -enddate "$until" -keyfile "$work/key.pem" "$@"
}
request "Authority of the tests" "$work/key.pem" "$work/authority.csr"
sign authority authority.pem 21200101000000Z -selfsign -in "$work/authority.csr"
request "mail of the tests" key.pem "$work/mail.csr"
sign right right.pem 21200101000000Z -cert authority.pem -in "$work/mail.csr"
sign right expired.pem 20200102000000Z -cert authority.pem -in "$work/mail.csr"
sign other_name other_name.pem 21200101000000Z -cert authority.pem -in "$work/mail.csr"
chmod 644 key.pem
rm -r "$work"
