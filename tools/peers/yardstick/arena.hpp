#pragma once

#include <sys/mman.h>

#include <cstddef>
#include <new>

/// A growing array that never moves: address space is reserved once, the kernel hands out zeroed
/// pages as they are first touched, and they stay for the next pair. Large pages, because labels
/// are read in no order.
template <typename T>
class Arena {
 public:
  explicit Arena(std::size_t capacity) : bytes_(capacity * sizeof(T)) {
    void* memory = mmap(nullptr, bytes_, PROT_READ | PROT_WRITE,
                        MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (memory == MAP_FAILED) throw std::bad_alloc();
#ifdef MADV_HUGEPAGE
    madvise(memory, bytes_, MADV_HUGEPAGE);
#endif
    data_ = static_cast<T*>(memory);
  }
  Arena(const Arena&) = delete;
  Arena& operator=(const Arena&) = delete;
  ~Arena() { munmap(data_, bytes_); }

  T& operator[](std::size_t index) { return data_[index]; }
  T* data() { return data_; }
  std::size_t capacity() const { return bytes_ / sizeof(T); }

 private:
  std::size_t bytes_;
  T* data_;
};
