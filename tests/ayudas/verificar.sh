archivo=RAOCE_2023_EKU9003173C9.json

member() { tr -d '\n' < "$archivo" | sed 's/.*"'"$1"'": *"\([^"]*\)".*/\1/'; }
decode() {
  text=$(tr '_-' '/+')
  while [ $((${#text} % 4)) -ne 0 ]; do text="$text="; done
  printf '%s\n' "$text" | fold -w 64 | openssl base64 -d
}

# The three parts of the file, and the certificate inside the first.
member protected | decode > cabecera.json
member payload | decode > reporte.json
member signature | decode > firma.bin
sed 's/.*"x5c":\["\([^"]*\)"\].*/\1/' cabecera.json | decode > certificado.cer

# The signature is over the two encoded parts, joined by a dot. Expected: Verified OK
openssl x509 -inform DER -in certificado.cer -noout -pubkey > publica.pem
printf '%s.%s' "$(member protected)" "$(member payload)" |
  openssl dgst -sha256 -verify publica.pem -signature firma.bin

# Who signed: RFC in x500UniqueIdentifier (2.5.4.45); the number of the certificate is the serial's second digits.
openssl x509 -inform DER -in certificado.cer -noout -subject -dates -nameopt utf8,sep_multiline
openssl x509 -inform DER -in certificado.cer -noout -serial | sed 's/^serial=//; s/3\(.\)/\1/g'
