// SPDX-License-Identifier: Apache-2.0
// IGE is a chain: a block cannot start before the one before has ended, so its speed is the latency of
// fourteen AES rounds and of every xor between two blocks. Writing x for the inputs and y for the outputs,
//
//   y[i] = AES(x[i] ^ y[i-1]) ^ x[i-1]
//
// and AES begins by xoring the first round key and ends by xoring the last. All xors between two blocks
// therefore melt into the last round key, made while the rounds run: it becomes
//
//   last ^ x[i-1] ^ (x[i+1] ^ first)
//
// which yields the whitened state of the next block at once. y[i] itself is that state without the bracket,
// off the critical path. What remains is 14 x 3 cycles a block and nothing else.
#include "engine/base/check.h"
#include "engine/base/secret.h"
#include "engine/crypto/aes_ige_backends.h"

#if defined(__x86_64__)

#include <immintrin.h>

#define MTPOOL_AES_TARGET __attribute__((target("aes,sse4.1")))

namespace mtpool::crypto {
namespace {

constexpr int kRounds = 14;
using RoundKeys = __m128i[kRounds + 1];

/// Spreads a round key word over the three words above it.
MTPOOL_AES_TARGET inline __m128i cascade(__m128i key) {
  key = _mm_xor_si128(key, _mm_slli_si128(key, 4));
  key = _mm_xor_si128(key, _mm_slli_si128(key, 4));
  return _mm_xor_si128(key, _mm_slli_si128(key, 4));
}

template <int roundConstant>
MTPOOL_AES_TARGET inline __m128i evenKey(__m128i before, __m128i last) {
  const __m128i assist = _mm_aeskeygenassist_si128(last, roundConstant);
  return _mm_xor_si128(cascade(before), _mm_shuffle_epi32(assist, 0xff));
}

MTPOOL_AES_TARGET inline __m128i oddKey(__m128i before, __m128i last) {
  const __m128i assist = _mm_aeskeygenassist_si128(last, 0);
  return _mm_xor_si128(cascade(before), _mm_shuffle_epi32(assist, 0xaa));
}

MTPOOL_AES_TARGET void expandKey(const AesKey& key, RoundKeys& w) {
  const auto* halves = reinterpret_cast<const __m128i*>(key.data());
  w[0] = _mm_loadu_si128(halves);
  w[1] = _mm_loadu_si128(halves + 1);
  w[2] = evenKey<0x01>(w[0], w[1]);
  w[3] = oddKey(w[1], w[2]);
  w[4] = evenKey<0x02>(w[2], w[3]);
  w[5] = oddKey(w[3], w[4]);
  w[6] = evenKey<0x04>(w[4], w[5]);
  w[7] = oddKey(w[5], w[6]);
  w[8] = evenKey<0x08>(w[6], w[7]);
  w[9] = oddKey(w[7], w[8]);
  w[10] = evenKey<0x10>(w[8], w[9]);
  w[11] = oddKey(w[9], w[10]);
  w[12] = evenKey<0x20>(w[10], w[11]);
  w[13] = oddKey(w[11], w[12]);
  w[14] = evenKey<0x40>(w[12], w[13]);
}

/// The schedule of the equivalent inverse cipher.
MTPOOL_AES_TARGET void invertKeys(RoundKeys& w) {
  for (int low = 0, high = kRounds; low < high; ++low, --high) {
    const __m128i kept = w[low];
    w[low] = w[high];
    w[high] = kept;
  }
  for (int i = 1; i < kRounds; ++i) {
    w[i] = _mm_aesimc_si128(w[i]);
  }
}

template <IgeDirection direction>
MTPOOL_AES_TARGET inline __m128i innerRounds(__m128i state, const RoundKeys& w) {
  for (int i = 1; i < kRounds; ++i) {
    if constexpr (direction == IgeDirection::Encrypt) {
      state = _mm_aesenc_si128(state, w[i]);
    } else {
      state = _mm_aesdec_si128(state, w[i]);
    }
  }
  return state;
}

template <IgeDirection direction>
MTPOOL_AES_TARGET inline __m128i lastRound(__m128i state, __m128i key) {
  if constexpr (direction == IgeDirection::Encrypt) {
    return _mm_aesenclast_si128(state, key);
  } else {
    return _mm_aesdeclast_si128(state, key);
  }
}

template <IgeDirection direction>
MTPOOL_AES_TARGET void chain(const RoundKeys& w, const IgeIv& iv, ByteView in, MutableBytes out) {
  const auto* x = reinterpret_cast<const __m128i*>(in.data());
  auto* y = reinterpret_cast<__m128i*>(out.data());
  const std::size_t blocks = in.size() / sizeof(__m128i);
  const auto* halves = reinterpret_cast<const __m128i*>(iv.data());
  // The IV holds the cipher half first; which half precedes the output depends on the direction.
  constexpr bool encrypt = direction == IgeDirection::Encrypt;
  const __m128i yBefore = _mm_loadu_si128(halves + (encrypt ? 0 : 1));
  __m128i xBefore = _mm_loadu_si128(halves + (encrypt ? 1 : 0));

  __m128i current = _mm_loadu_si128(x);
  __m128i state = _mm_xor_si128(_mm_xor_si128(current, yBefore), w[0]);
  for (std::size_t i = 0; i + 1 < blocks; ++i) {
    // The next input is read before this output is written: both may be the same memory.
    const __m128i next = _mm_loadu_si128(x + i + 1);
    const __m128i whitened = _mm_xor_si128(next, w[0]);
    const __m128i folded = _mm_xor_si128(_mm_xor_si128(w[kRounds], xBefore), whitened);
    state = lastRound<direction>(innerRounds<direction>(state, w), folded);
    _mm_storeu_si128(y + i, _mm_xor_si128(state, whitened));
    xBefore = current;
    current = next;
  }
  const __m128i folded = _mm_xor_si128(w[kRounds], xBefore);
  state = lastRound<direction>(innerRounds<direction>(state, w), folded);
  _mm_storeu_si128(y + blocks - 1, state);
}

}  // namespace

bool aesNiAvailable() {
  return __builtin_cpu_supports("aes") && __builtin_cpu_supports("sse4.1");
}

MTPOOL_AES_TARGET void igeAesNi(IgeDirection direction, const AesKeyIv& k, ByteView in, MutableBytes out) {
  if (in.empty()) {
    return;
  }
  RoundKeys w;
  expandKey(k.key, w);
  if (direction == IgeDirection::Encrypt) {
    chain<IgeDirection::Encrypt>(w, k.iv, in, out);
  } else {
    invertKeys(w);
    chain<IgeDirection::Decrypt>(w, k.iv, in, out);
  }
  wipe(w, sizeof w);
}

}  // namespace mtpool::crypto

#else

namespace mtpool::crypto {

bool aesNiAvailable() {
  return false;
}

void igeAesNi(IgeDirection, const AesKeyIv&, ByteView, MutableBytes) {
  MTP_CHECK(false);
}

}  // namespace mtpool::crypto

#endif
