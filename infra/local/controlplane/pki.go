package main

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"fmt"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"time"
)

// A local cluster lives as long as its state folder; there is nobody to renew.
const validity = 10 * 365 * 24 * time.Hour

type authority struct {
	certificate *x509.Certificate
	key         *ecdsa.PrivateKey
}

type leaf struct {
	file         string
	commonName   string
	organization []string
	hosts        []string
	signer       *authority
}

// runPKI writes every certificate and key of one cluster into an empty folder:
// `pki DIR FIRST_SERVICE_IP`. Node can make keys but cannot sign X.509.
func runPKI() int {
	if len(os.Args) != 3 || net.ParseIP(os.Args[2]) == nil {
		fmt.Fprintln(os.Stderr, "pki: usage: pki DIR FIRST_SERVICE_IP")
		return 2
	}
	if err := writePKI(os.Args[1], os.Args[2]); err != nil {
		fmt.Fprintln(os.Stderr, "pki:", err)
		return 1
	}
	return 0
}

func writePKI(dir, serviceIP string) error {
	ca, err := newAuthority(dir, "ca", "yunheng-local-ca")
	if err != nil {
		return err
	}
	front, err := newAuthority(dir, "front-proxy-ca", "yunheng-local-front-proxy-ca")
	if err != nil {
		return err
	}
	masters := []string{"system:masters"}
	leaves := []leaf{
		{"apiserver", "kube-apiserver", nil, []string{"127.0.0.1", serviceIP, "localhost", "kubernetes", "kubernetes.default", "kubernetes.default.svc"}, ca},
		{"admin", "yunheng-local-admin", masters, nil, ca},
		{"controller-manager", "system:kube-controller-manager", nil, nil, ca},
		{"scheduler", "system:kube-scheduler", nil, nil, ca},
		{"kwok-client", "yunheng-local-kwok", masters, nil, ca},
		{"kwok", "kwok", nil, []string{"127.0.0.1", "localhost"}, ca},
		{"metrics-server-client", "system:metrics-server", masters, nil, ca},
		// The aggregator checks the name of the Service, not of the ExternalName.
		{"metrics-server", "metrics-server", nil, []string{"127.0.0.1", "localhost", "metrics-server.kube-system.svc"}, ca},
		{"front-proxy-client", "front-proxy-client", nil, nil, front},
	}
	for _, one := range leaves {
		if err := one.write(dir); err != nil {
			return err
		}
	}
	return writeServiceAccountKey(dir)
}

func newAuthority(dir, file, commonName string) (*authority, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, err
	}
	template := newTemplate(commonName, nil)
	template.IsCA = true
	template.BasicConstraintsValid = true
	template.KeyUsage = x509.KeyUsageCertSign | x509.KeyUsageDigitalSignature
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		return nil, err
	}
	certificate, err := x509.ParseCertificate(der)
	if err != nil {
		return nil, err
	}
	return &authority{certificate, key}, writePair(dir, file, der, key)
}

func (one leaf) write(dir string) error {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return err
	}
	template := newTemplate(one.commonName, one.organization)
	template.KeyUsage = x509.KeyUsageDigitalSignature
	template.ExtKeyUsage = []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth}
	for _, host := range one.hosts {
		template.ExtKeyUsage = []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth}
		if address := net.ParseIP(host); address != nil {
			template.IPAddresses = append(template.IPAddresses, address)
		} else {
			template.DNSNames = append(template.DNSNames, host)
		}
	}
	der, err := x509.CreateCertificate(rand.Reader, template, one.signer.certificate, key.Public(), one.signer.key)
	if err != nil {
		return err
	}
	return writePair(dir, one.file, der, key)
}

func newTemplate(commonName string, organization []string) *x509.Certificate {
	serial, err := rand.Int(rand.Reader, new(big.Int).Lsh(big.NewInt(1), 126))
	if err != nil {
		panic(err)
	}
	now := time.Now()
	return &x509.Certificate{
		SerialNumber: serial.Add(serial, big.NewInt(1)),
		Subject:      pkix.Name{CommonName: commonName, Organization: organization},
		NotBefore:    now.Add(-time.Hour), // a stepped clock must not lock us out
		NotAfter:     now.Add(validity),
	}
}

func writeServiceAccountKey(dir string) error {
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		return err
	}
	public, err := x509.MarshalPKIXPublicKey(key.Public())
	if err != nil {
		return err
	}
	if err := writePEM(filepath.Join(dir, "sa.pub"), "PUBLIC KEY", public); err != nil {
		return err
	}
	return writeKey(filepath.Join(dir, "sa.key"), key)
}

func writePair(dir, file string, der []byte, key crypto.PrivateKey) error {
	if err := writePEM(filepath.Join(dir, file+".crt"), "CERTIFICATE", der); err != nil {
		return err
	}
	return writeKey(filepath.Join(dir, file+".key"), key)
}

func writeKey(path string, key crypto.PrivateKey) error {
	der, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		return err
	}
	return writePEM(path, "PRIVATE KEY", der)
}

func writePEM(path, kind string, der []byte) error {
	return os.WriteFile(path, pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der}), 0o600)
}
