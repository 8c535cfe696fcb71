// SPDX-License-Identifier: Apache-2.0
// The first API call of every connection: who we are, which layer we speak, and the answer with the
// addresses.
#pragma once

#include "engine/base/bytes.h"
#include "engine/client/client_context.h"

namespace mtpool::client {

/// invokeWithLayer(initConnection(help.getConfig)), serialised.
Bytes initQuery(const Application& application);

/// Takes the addresses out of a config answer; what cannot be read is ignored with a log line.
void learnConfig(DcDirectory& directory, ByteView config);

}  // namespace mtpool::client
