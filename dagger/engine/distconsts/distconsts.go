// Package distconsts says where this build of the Dagger engine finds its parts.
// Upstream publishes no version of this module; the engine compiles against these names.
package distconsts

import (
	"os"
	"path/filepath"
)

// The engine finds its parts beside itself, so that one build serves any folder.
var (
	DaggerInitPath = filepath.Join(root(), "bin/init")

	// OCI blobs of the SDKs that the engine carries, found by manifest digest.
	EngineContainerBuiltinContentDir = filepath.Join(root(), "images")
)

const (
	EngineContainerName   = "dagger-engine.local"
	EngineDefaultStateDir = "/var/lib/dagger"

	// The engine always listens here: ./namespace gives each engine a /run/dagger of its own.
	DefaultEngineSockAddr = "unix:///run/dagger/engine.sock"

	// Debian's package runc.
	RuncPath = "/usr/sbin/runc"

	// Authorities found here are installed into every container at every exec, which
	// makes an exec ten times slower: the base images carry the machine's bundle instead.
	EngineCustomCACertsDir = "/nonexistent"

	GoSDKManifestDigestEnvName         = "DAGGER_GO_SDK_MANIFEST_DIGEST"
	PythonSDKManifestDigestEnvName     = "DAGGER_PYTHON_SDK_MANIFEST_DIGEST"
	TypescriptSDKManifestDigestEnvName = "DAGGER_TYPESCRIPT_SDK_MANIFEST_DIGEST"

	OCIVersionAnnotation = "org.opencontainers.image.version"

	AlpineImage = "alpine:3.22.1"
)

// root is the folder above the one that holds this program.
func root() string {
	program, err := os.Executable()
	if err != nil {
		panic(err)
	}
	return filepath.Dir(filepath.Dir(program))
}
