#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include "arena.hpp"
#include "fronts.hpp"

/// A label that waits, 16 bytes; its first cost is the number of its bucket.
struct OpenLabel {
  Pair pair;
  std::uint32_t node, parent;
};

/// OPEN in lexicographic order: one bucket per value of the first cost, filled in any order, and a
/// binary heap for the one under work, which is small enough for the cache. A label never has a
/// lower first cost than the bucket under work. First costs beyond the buckets wait in a list until
/// the buckets have moved on.
class OpenList {
 public:
  explicit OpenList(std::size_t bytes)
      : chunks_(bytes / 4 * 3 / sizeof(Chunk)),
        far_(bytes / 4 / sizeof(FarLabel)),
        buckets_(kBuckets, kNoChunk) {}

  /// Forgets everything; no first cost will be below `least`.
  void clear(std::uint32_t least) {
    std::fill(buckets_.begin(), buckets_.begin() + end_, kNoChunk);
    usedChunks_ = kNoChunk + 1;
    freeChunk_ = kNoChunk;
    least_ = least;
    current_ = end_ = 0;
    farSize_ = 0;
    heap_.clear();
  }

  /// Whether that many more labels might not find room.
  bool isFull(std::size_t labels) const {
    return usedChunks_ + labels > chunks_.capacity() || farSize_ + labels > far_.capacity();
  }

  void push(std::uint32_t firstCost, const OpenLabel& label) {
    const auto bucket = firstCost - least_;
    if (bucket == current_) {
      heap_.push_back(label);
      std::push_heap(heap_.begin(), heap_.end(), Later());
    } else if (bucket < kBuckets) {
      put(bucket, label);
    } else {
      far_[farSize_++] = {label, firstCost};
    }
  }

  /// Takes the least label; false when there is none. `seen` is called for all labels of a bucket
  /// when its turn comes, a while before each is taken.
  template <typename Seen>
  bool pop(OpenLabel& label, std::uint32_t& firstCost, Seen&& seen) {
    while (heap_.empty()) {
      if (++current_ >= end_ && !moveOn()) return false;
      if (buckets_[current_] != kNoChunk) openBucket(seen);
    }
    std::pop_heap(heap_.begin(), heap_.end(), Later());
    label = heap_.back();
    heap_.pop_back();
    firstCost = least_ + current_;
    return true;
  }

 private:
  /// 16 MiB of buckets; the road network of New York needs fewer than half of them.
  static constexpr std::uint32_t kBuckets = 1 << 22;
  static constexpr std::uint32_t kNoChunk = 0, kChunkLabels = 7;
  /// A piece of a bucket: two cache lines.
  struct alignas(128) Chunk {
    OpenLabel labels[kChunkLabels];
    std::uint32_t next, size;
  };
  struct FarLabel {
    OpenLabel label;
    std::uint32_t firstCost;
  };
  struct Later {
    bool operator()(const OpenLabel& a, const OpenLabel& b) const { return a.pair > b.pair; }
  };

  Arena<Chunk> chunks_;
  Arena<FarLabel> far_;
  std::vector<std::uint32_t> buckets_;
  std::vector<OpenLabel> heap_;
  std::size_t usedChunks_ = kNoChunk + 1, farSize_ = 0;
  std::uint32_t freeChunk_ = kNoChunk;
  /// First cost of bucket 0, bucket under work, and one beyond the last that was filled.
  std::uint32_t least_ = 0, current_ = 0, end_ = 0;

  void put(std::uint32_t bucket, const OpenLabel& label) {
    end_ = std::max(end_, bucket + 1);
    auto& first = buckets_[bucket];
    if (first == kNoChunk || chunks_[first].size == kChunkLabels) {
      const auto added = takeChunk();
      chunks_[added].next = first;
      chunks_[added].size = 0;
      first = added;
    }
    auto& chunk = chunks_[first];
    chunk.labels[chunk.size++] = label;
  }

  /// With all buckets empty: lets them begin at the least first cost that waits beyond.
  bool moveOn() {
    if (farSize_ == 0) return false;
    least_ = far_[0].firstCost;
    for (std::size_t at = 1; at < farSize_; ++at) least_ = std::min(least_, far_[at].firstCost);
    current_ = end_ = 0;
    const auto size = farSize_;
    farSize_ = 0;
    for (std::size_t at = 0; at < size; ++at) {
      const auto [label, firstCost] = far_[at];
      if (firstCost - least_ < kBuckets)
        put(firstCost - least_, label);
      else
        far_[farSize_++] = {label, firstCost};
    }
    return true;
  }

  template <typename Seen>
  void openBucket(Seen&& seen) {
    auto at = buckets_[current_];
    buckets_[current_] = kNoChunk;
    while (at != kNoChunk) {
      auto& chunk = chunks_[at];
      for (std::uint32_t index = 0; index < chunk.size; ++index) {
        seen(chunk.labels[index]);
        heap_.push_back(chunk.labels[index]);
      }
      const auto next = chunk.next;
      chunk.next = freeChunk_;
      freeChunk_ = at;
      at = next;
    }
    std::make_heap(heap_.begin(), heap_.end(), Later());
  }

  std::uint32_t takeChunk() {
    if (freeChunk_ == kNoChunk) return static_cast<std::uint32_t>(usedChunks_++);
    const auto chunk = freeChunk_;
    freeChunk_ = chunks_[chunk].next;
    return chunk;
  }
};
