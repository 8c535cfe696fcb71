// SPDX-License-Identifier: Apache-2.0
// Ids of the MTProto service objects that are read by hand because they carry other objects or their own
// framing (core.telegram.org/mtproto/service_messages); everything else of the service schema is generated in
// tl/mt.
#pragma once

#include <cstdint>

namespace mtpool::tl {

inline constexpr std::uint32_t kMsgContainerId = 0x73f1f8dc;
inline constexpr std::uint32_t kMsgCopyId = 0xe06046b2;
inline constexpr std::uint32_t kGzipPackedId = 0x3072cfa1;
inline constexpr std::uint32_t kRpcResultId = 0xf35c6d01;
inline constexpr std::uint32_t kReqPqId = 0x60469778;  // legacy form of req_pq_multi
inline constexpr std::uint32_t kServerDhParamsFailId =
    0x79cb045d;  // gone from the current text, still possible
inline constexpr std::uint32_t kTrueId = 0x3fedd339;
inline constexpr std::uint32_t kNullId = 0x56730bcc;

}  // namespace mtpool::tl
