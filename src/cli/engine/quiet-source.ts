/**
 * The source of a native module that keeps what is written to file descriptor 2 between `begin` and `end`, which gives
 * it. TensorFlow writes there by itself, and JavaScript cannot redirect it.
 */
export const quietSource = `#include <node_api.h>
#include <stdio.h>
#include <unistd.h>
#include <mutex>
#include <string>

namespace {
std::mutex guard;
int depth = 0;
int before = -1;
FILE *kept = nullptr;

napi_value Begin(napi_env env, napi_callback_info) {
  std::lock_guard<std::mutex> lock(guard);
  if (depth++ > 0) return nullptr;
  kept = tmpfile();
  if (kept == nullptr) return nullptr;
  fflush(stderr);
  before = dup(2);
  dup2(fileno(kept), 2);
  return nullptr;
}

napi_value End(napi_env env, napi_callback_info) {
  std::lock_guard<std::mutex> lock(guard);
  std::string text;
  if (--depth == 0 && kept != nullptr) {
    fflush(stderr);
    dup2(before, 2);
    close(before);
    rewind(kept);
    char part[4096];
    for (size_t got; (got = fread(part, 1, sizeof part, kept)) > 0;) text.append(part, got);
    fclose(kept);
    kept = nullptr;
  }
  napi_value value;
  napi_create_string_utf8(env, text.data(), text.size(), &value);
  return value;
}

napi_value Init(napi_env env, napi_value exports) {
  napi_property_descriptor all[] = {
      {"begin", nullptr, Begin, nullptr, nullptr, nullptr, napi_default, nullptr},
      {"end", nullptr, End, nullptr, nullptr, nullptr, napi_default, nullptr}};
  napi_define_properties(env, exports, 2, all);
  return exports;
}
}  // namespace

NAPI_MODULE(NODE_GYP_MODULE_NAME, Init)
`
