// SPDX-License-Identifier: Apache-2.0
#include "engine/collect/media_kind.h"

#include <gtest/gtest.h>

#include "engine/tl/codec.h"
#include "tl/api/document.h"
#include "tl/api/message_parts.h"

namespace mtpool::collect {
namespace {

namespace api = tl::api;

template <class Media>
std::string kindOf(const Media& media) {
  const Bytes raw = tl::serialize(media);
  tl::BoxedView view;
  view.bytes = raw;
  return std::string(mediaKind(view));
}

std::string kindOfDocument(std::vector<api::TypeDocumentAttribute> attributes) {
  api::Document document;
  document.attributes = std::move(attributes);
  api::MessageMediaDocument media;
  media.document = document;
  return kindOf(media);
}

api::DocumentAttributeAudio audio(bool voice) {
  api::DocumentAttributeAudio attribute;
  attribute.voice = voice;
  return attribute;
}

TEST(MediaKind, IsEmptyWithoutMedia) {
  EXPECT_EQ(mediaKind(tl::BoxedView()), "");
  EXPECT_EQ(kindOf(api::MessageMediaEmpty()), "");
}

TEST(MediaKind, NamesWhatItsConstructorSays) {
  EXPECT_EQ(kindOf(api::MessageMediaPhoto()), "photo");
  EXPECT_EQ(kindOf(api::MessageMediaDice()), "dice");
  EXPECT_EQ(kindOf(api::MessageMediaContact()), "contact");
  EXPECT_EQ(kindOf(api::MessageMediaUnsupported()), "unsupported");
}

TEST(MediaKind, CallsWhatIsNotKnownOther) {
  const Bytes raw{Byte{1}, Byte{2}, Byte{3}, Byte{4}};
  tl::BoxedView view;
  view.bytes = raw;
  EXPECT_EQ(mediaKind(view), "other");
}

TEST(MediaKind, TellsDocumentsApartByTheirAttributes) {
  EXPECT_EQ(kindOf(api::MessageMediaDocument()), "document");
  EXPECT_EQ(kindOfDocument({}), "document");
  EXPECT_EQ(kindOfDocument({api::DocumentAttributeFilename()}), "document");
  EXPECT_EQ(kindOfDocument({api::DocumentAttributeVideo()}), "video");
  EXPECT_EQ(kindOfDocument({audio(false)}), "audio");
  EXPECT_EQ(kindOfDocument({audio(true)}), "voice");
}

TEST(MediaKind, PutsStickersBeforeAnimationsBeforeVideos) {
  EXPECT_EQ(kindOfDocument({api::DocumentAttributeVideo(), api::DocumentAttributeAnimated()}), "animation");
  EXPECT_EQ(kindOfDocument({api::DocumentAttributeAnimated(), api::DocumentAttributeVideo()}), "animation");
  EXPECT_EQ(kindOfDocument({api::DocumentAttributeVideo(), api::DocumentAttributeSticker()}), "sticker");
}

}  // namespace
}  // namespace mtpool::collect
