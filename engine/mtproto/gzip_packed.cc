// SPDX-License-Identifier: Apache-2.0
#include "engine/mtproto/gzip_packed.h"

#include <algorithm>

#include "engine/crypto/inflate.h"
#include "engine/tl/reader.h"
#include "engine/tl/service_ids.h"
#include "engine/tl/writer.h"

namespace mtpool::mtproto {
namespace {

// What crypto/inflate accepts: packed tighter than this, nobody with such a bound could read it.
constexpr std::size_t kAlwaysReadable = 64 * 1024;
constexpr std::size_t kReadableRatio = 200;

}  // namespace

Result<ByteView> unpacked(ByteView object, Bytes& storage, std::size_t& budget) {
  if (object.size() < 4 || loadLe32(object.data()) != tl::kGzipPackedId) {
    return object;
  }
  tl::Reader r(object.subspan(4));
  const ByteView packed = r.bytes();
  MTP_DO(r.status());
  MTP_DO(crypto::inflate(packed, storage, budget));
  if (storage.size() < 4 || loadLe32(storage.data()) == tl::kGzipPackedId) {
    return Error(Errc::Malformed, "a packed object holds no object or another packed one; it is not used");
  }
  return ByteView(storage);
}

Bytes packedIfSmaller(ByteView object, std::size_t above) {
  if (object.size() <= std::max<std::size_t>(above, 4) || loadLe32(object.data()) == tl::kGzipPackedId) {
    return {};
  }
  Bytes body;
  tl::Writer w(body);
  w.uint32(tl::kGzipPackedId);
  const Bytes packed = crypto::deflateGzip(object);
  w.bytes(packed);
  const bool readable = object.size() <= kAlwaysReadable + kReadableRatio * packed.size();
  return readable && body.size() < object.size() ? body : Bytes();
}

}  // namespace mtpool::mtproto
